import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorBody, TiltmeterError } from '../../contract/errors.ts';
import type { Log } from '../log.ts';
import { requestError } from './request-error.ts';

/** Every failure leaves as a code of the table; only the log sees what was behind an `internal`. */
export function addErrorHandler(http: FastifyInstance, log: Log): void {
  http.setErrorHandler((failure: FastifyError, request, reply) => sendError(failure, request, reply, log));
}

export function sendError(
  failure: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  const error = requestError(failure);
  const fields = {
    request: request.id,
    method: request.method,
    url: request.url.split('?')[0],
    code: error.code,
  };
  if (error.code === 'internal') log.error({ ...fields, err: error.cause ?? error }, 'request failed');
  else if (error.status >= 500) log.warn({ ...fields, err: error.cause }, error.message);
  if (error.retryAfter !== undefined)
    reply.header('retry-after', String(Math.max(1, Math.ceil(error.retryAfter))));
  if (error.code === 'not_authenticated') reply.header('www-authenticate', 'Bearer');
  const shown =
    error.code === 'internal'
      ? new TiltmeterError('internal', undefined, { details: { request: request.id } })
      : error;
  return reply.code(error.status).type('application/json; charset=utf-8').send(errorBody(shown));
}
