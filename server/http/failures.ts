import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ZodError, type z } from 'zod';
import { type ErrorCode, errorBody, TiltmeterError } from '../../contract/errors.ts';
import type { Log } from '../log.ts';
import type { Patience } from './patience.ts';
import type { Refusals } from './refusals.ts';
import type { Route } from './route.ts';

/** Of those who may not, or not now. */
const REFUSED: ReadonlySet<number> = new Set([401, 403, 429]);

/** Every failure leaves as a code of the table; only the log sees what was behind an `internal`. */
export function addErrorHandler(
  http: FastifyInstance,
  log: Log,
  refusals: Refusals,
  patience: Patience,
  send: typeof sendError = sendError,
): void {
  http.setErrorHandler(async (failure: FastifyError, request, reply) => {
    const { id, ip, method } = request;
    const about = { request: id, ip, method, url: routeOf(request) };
    const error = requestError(failure);
    refusals.note(request, error, about);
    if (REFUSED.has(error.status)) await patience(ip);
    return send(failure, request, reply, log);
  });
}

export function sendError(
  failure: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  const error = logFailure(failure, request, log);
  if (error.retryAfter !== undefined)
    reply.header('retry-after', String(Math.max(1, Math.ceil(error.retryAfter))));
  // The rest of its body is not waited for.
  if (error.code === 'too_slow') reply.header('connection', 'close');
  if (error.code === 'not_authenticated') reply.header('www-authenticate', 'Bearer');
  const shown = shownError(error, request);
  const { failure: own } = request.routeOptions.config as { failure?: Route['failure'] };
  const { type, body } = own?.(shown, request) ?? {
    type: 'application/json; charset=utf-8',
    body: errorBody(shown),
  };
  return reply.code(error.status).type(type).send(body);
}

/** Says in the log what failed that should not have. */
export function logFailure(failure: unknown, request: FastifyRequest, log: Log): TiltmeterError {
  const error = requestError(failure);
  const fields = {
    request: request.id,
    method: request.method,
    url: routeOf(request),
    code: error.code,
  };
  if (error.code === 'internal') log.error({ ...fields, err: error.cause ?? error }, 'request failed');
  else if (error.status >= 500) log.warn({ ...fields, err: error.cause }, error.message);
  return error;
}

/** What a client may see of an error: of an internal one the request that the log has it by. */
export function shownError(error: TiltmeterError, request: FastifyRequest): TiltmeterError {
  if (error.code !== 'internal') return error;
  return new TiltmeterError('internal', undefined, { details: { request: request.id } });
}

/** The address as the API describes it: what stands in its places may be a person's id. An unknown one as it was asked for. */
function routeOf({ routeOptions, url }: FastifyRequest): string | undefined {
  return routeOptions.url ?? url.split('?')[0];
}

const FASTIFY_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'empty_body',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};

/**
 * Any failure of a request as one of the table. What is not expected becomes `internal`, with the failure as its
 * cause for the log and nothing of it for the client.
 */
export function requestError(error: unknown): TiltmeterError {
  if (error instanceof TiltmeterError) return error;
  if (error instanceof ZodError) return invalidRequest(error);
  const { code, statusCode, message } = (error ?? {}) as {
    code?: string;
    statusCode?: number;
    message?: string;
  };
  const known = code === undefined ? undefined : FASTIFY_CODES[code];
  if (known) return new TiltmeterError(known, undefined, { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new TiltmeterError('invalid_request', message, { cause: error });
  }
  return new TiltmeterError('internal', undefined, { cause: error });
}

/** What zod found, as one message for people and a list for programs. */
export function invalidRequest(error: ZodError, where?: string): TiltmeterError {
  const details = error.issues.slice(0, 20).map((issue) => ({
    path: [...(where ? [where] : []), ...issue.path.map(String)].join('.').slice(0, LONGEST),
    message: messageOf(issue),
  }));
  const [first] = details;
  const message = first ? `${first.path || 'the body'}: ${first.message}` : undefined;
  return new TiltmeterError('invalid_request', message, { details, cause: error });
}

/** Characters of a request that an answer repeats at most. */
const LONGEST = 200;

/** Zod names every unknown key, however many there are and however long. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message.slice(0, LONGEST);
  const [first = '', ...others] = issue.keys;
  const name = JSON.stringify(first.length > 40 ? `${first.slice(0, 40)}…` : first);
  return others.length === 0
    ? `Unrecognized key: ${name}`
    : `Unrecognized keys: ${name} and ${others.length} more`;
}

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
