import type { Socket } from 'node:net';
import { errorBody, TiltmeterError } from '../../contract/errors.ts';

const STATUS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What did not even parse as HTTP is answered in the same shape as everything else, and the connection closed. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const message = `the request is not valid HTTP (${error.code ?? 'unknown'})`;
  const body = JSON.stringify(errorBody(new TiltmeterError('invalid_request', message)));
  const status = STATUS[error.code ?? ''] ?? '400 Bad Request';
  const headers = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`;
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${body}`);
}
