import protobuf from 'protobufjs';
import { TiltmeterError } from '../../../contract/errors.ts';

/** A field of a message: its number, and where its bytes lie in the body. */
export interface Field {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  /** A whole number, where the field is one; else undefined. */
  readonly value: number | undefined;
}

/**
 * The fields of the message that lies between two places of a body, in their order, without decoding any: what is nested is a place
 * and a length, so that a body of empty messages costs no objects. Errors: invalid_protobuf where a field ends beyond its message.
 * `[...fieldsOf(Buffer.from([0x0a, 1, 0x41]))]` → [{ number: 1, from: 2, to: 3, value: undefined }]
 */
export function* fieldsOf(body: Buffer, from = 0, to = body.length): Generator<Field> {
  const reader = protobuf.Reader.create(body.subarray(from, to));
  try {
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      const [number, wire] = [tag >>> 3, tag & 7];
      if (wire === LENGTH) {
        const length = reader.uint32();
        const begin = reader.pos;
        reader.skip(length);
        yield { number, from: from + begin, to: from + reader.pos, value: undefined };
      } else {
        const begin = reader.pos;
        const value = wire === VARINT ? reader.uint32() : undefined;
        if (wire !== VARINT) reader.skipType(wire);
        yield { number, from: from + begin, to: from + reader.pos, value };
      }
    }
  } catch (error) {
    if (error instanceof TiltmeterError) throw error;
    throw new TiltmeterError('invalid_protobuf', 'the body ends within a message, or is none', {
      cause: error,
    });
  }
}

const VARINT = 0;
const LENGTH = 2;
