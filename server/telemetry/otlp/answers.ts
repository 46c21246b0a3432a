import type { TiltmeterError } from '../../../contract/errors.ts';
import { grpcStatus } from '../../http/grpc/status.ts';
import { messageType } from './messages.ts';

export type Encoding = 'protobuf' | 'json';

export interface Answer {
  readonly type: string;
  readonly body: Buffer;
}

/** In which encoding a body came; undefined where the content type is another one. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const type = (contentType ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (type === 'application/x-protobuf' || type === 'application/protobuf') return 'protobuf';
  return type === 'application/json' ? 'json' : undefined;
}

/**
 * What a request is answered with that was taken, in its own encoding: nothing where all is well, else how many records were refused and why.
 * `name`: what refused records are called in JSON.
 */
export function success(encoding: Encoding, name: string, rejected: number, message: string): Answer {
  const partial = rejected > 0 || message !== '';
  if (encoding === 'json')
    return json(partial ? { partialSuccess: { [name]: String(rejected), errorMessage: message } } : {});
  const type = messageType('ExportResponse');
  return protobuf(
    type.encode(partial ? { partialSuccess: { rejected, errorMessage: message } } : {}).finish(),
  );
}

/** A refused request, as the Status of OTLP. */
export function failure(encoding: Encoding, error: TiltmeterError): Answer {
  const status = { code: grpcStatus(error.status), message: `${error.code}: ${error.message}` };
  return encoding === 'json' ? json(status) : protobuf(messageType('RpcStatus').encode(status).finish());
}

const json = (value: unknown): Answer => ({
  type: 'application/json',
  body: Buffer.from(JSON.stringify(value)),
});

const protobuf = (bytes: Uint8Array): Answer => ({
  type: 'application/x-protobuf',
  body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
});
