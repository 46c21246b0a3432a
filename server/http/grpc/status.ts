import protobuf from 'protobufjs';
import type { TiltmeterError } from '../../../contract/errors.ts';

/** Codes of gRPC, by what they are called there. */
export const GRPC_STATUS = {
  ok: 0,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** What stands for a status of HTTP. */
const CODES: Readonly<Record<number, number>> = {
  401: GRPC_STATUS.unauthenticated,
  403: GRPC_STATUS.permissionDenied,
  404: GRPC_STATUS.notFound,
  // Senders repeat it.
  408: GRPC_STATUS.deadlineExceeded,
  413: GRPC_STATUS.resourceExhausted,
  429: GRPC_STATUS.resourceExhausted,
  500: GRPC_STATUS.internal,
};

/** The code of gRPC that stands for a status of HTTP. `grpcStatus(413)` → 8 */
export function grpcStatus(status: number): number {
  return CODES[status] ?? (status >= 500 ? GRPC_STATUS.unavailable : GRPC_STATUS.invalidArgument);
}

/** Characters of a message that are sent: it travels as a header. */
const MESSAGE_LENGTH = 1024;

/** The trailers of a refused call. What is too much now is sent again after a while, as the details say: without them exporters give such a call up. */
export function failureTrailers(error: TiltmeterError): Readonly<Record<string, string>> {
  const code = error.code === 'method_not_allowed' ? GRPC_STATUS.unimplemented : grpcStatus(error.status);
  const message = `${error.code}: ${error.message}`.slice(0, MESSAGE_LENGTH);
  const headers = { 'grpc-status': String(code), 'grpc-message': encodeMessage(message) };
  if (error.retryAfter === undefined) return headers;
  return { ...headers, 'grpc-status-details-bin': retryDetails(code, message, error.retryAfter) };
}

/** As gRPC has it: all but printable ASCII by their bytes of UTF-8. `encodeMessage('50 %, süß')` → '50 %25, s%C3%BC%C3%9F' */
export function encodeMessage(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^ -$&-~]+/gu, (some) =>
      [...Buffer.from(some)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    );
}

/** google.rpc, as far as it is said here. */
const { root } = protobuf.parse(`
syntax = "proto3";
message Any { string type_url = 1; bytes value = 2; }
message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
message Duration { int64 seconds = 1; }
message RetryInfo { Duration retry_delay = 1; }
`);

function retryDetails(code: number, message: string, seconds: number): string {
  const RetryInfo = root.lookupType('RetryInfo');
  const value = RetryInfo.encode({ retryDelay: { seconds: Math.max(1, Math.ceil(seconds)) } }).finish();
  const detail = { typeUrl: 'type.googleapis.com/google.rpc.RetryInfo', value };
  const status = root
    .lookupType('Status')
    .encode({ code, message, details: [detail] })
    .finish();
  return Buffer.from(status).toString('base64');
}
