import { ZodError } from 'zod';
import { type ErrorCode, TiltmeterError } from '../../contract/errors.ts';

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
    path: [...(where ? [where] : []), ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
  const [first] = details;
  const message = first ? `${first.path || 'the body'}: ${first.message}` : undefined;
  return new TiltmeterError('invalid_request', message, { details, cause: error });
}
