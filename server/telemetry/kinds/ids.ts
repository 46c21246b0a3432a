import { TiltmeterError } from '../../../contract/errors.ts';

/** Bytes of the id of a trace, and of a span. */
export const TRACE_BYTES = 16;
export const SPAN_BYTES = 8;

/** An id in hexadecimal; empty where there is none, or only zeros. Errors: invalid_telemetry when it has another length. */
export function idOf(bytes: Uint8Array | undefined, length: number, what: string): string {
  if (bytes === undefined || bytes.length === 0) return '';
  if (bytes.length !== length)
    throw new TiltmeterError('invalid_telemetry', `${what} has ${bytes.length} bytes instead of ${length}`);
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return /^0+$/.test(hex) ? '' : hex;
}

/** The same of something that must have one. */
export function requiredId(bytes: Uint8Array | undefined, length: number, what: string): string {
  const id = idOf(bytes, length, what);
  if (id === '') throw new TiltmeterError('invalid_telemetry', `${what} is missing, or all zeros`);
  return id;
}

/** The same of what is only mentioned: empty where it is of no use. */
export function mentionedId(bytes: Uint8Array | undefined, length: number): string {
  return bytes?.length === length ? idOf(bytes, length, 'an id') : '';
}
