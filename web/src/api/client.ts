import { original, visible } from '../../../contract/control-characters.ts';

/** What the API answered instead of what was asked for. `hint` says what to do. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: unknown;

  constructor(status: number, code: string, message: string, hint?: string, details?: unknown) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.details = details;
  }
}

interface ErrorReply {
  readonly error?: {
    readonly code?: string;
    readonly message?: string;
    readonly hint?: string;
    readonly details?: unknown;
  };
}

const UNREACHABLE = new ApiError(
  0,
  'unreachable',
  'The server did not answer',
  'Check that Tiltmeter runs; the page tries again by itself. Nothing that was stored is lost.',
);

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(signal === undefined ? {} : { signal }),
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: original(JSON.stringify(body)) }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw UNREACHABLE;
  }
  // Here, so that no page can forget it.
  const text = visible(await response.text());
  let reply: unknown;
  try {
    reply = text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new ApiError(
      response.status,
      'invalid_reply',
      `The server answered ${response.status} without JSON`,
    );
  }
  if (response.ok) return reply as T;
  const { error } = (reply ?? {}) as ErrorReply;
  throw new ApiError(
    response.status,
    error?.code ?? 'internal',
    error?.message ?? `The server answered ${response.status}`,
    error?.hint,
    error?.details,
  );
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, undefined, signal),
  post: <T>(path: string, body: unknown = {}) => call<T>('POST', path, body),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', path, body),
  put: <T>(path: string, body: unknown) => call<T>('PUT', path, body),
  remove: <T>(path: string) => call<T>('DELETE', path),
};
