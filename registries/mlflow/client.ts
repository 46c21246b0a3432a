/** One request as it is to be sent; of an answer longer than `mostBytes` nothing is needed. */
export interface Sent {
  readonly method: 'GET' | 'POST';
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly mostBytes: number;
}

/** `body` is null where it was too long. Errors of the connection are thrown as they come. */
export type Send = (sent: Sent) => Promise<{ readonly status: number; readonly body: Uint8Array | null }>;

/** Why MLflow did not give what it was asked for. The first three hold for all that is asked of it. */
export type Refusal =
  | 'away'
  | 'not_authenticated'
  | 'not_mlflow'
  | 'not_allowed'
  | 'not_found'
  | 'failed'
  | 'too_large';

/** MLflow did not give what it was asked for; the message says it in a sentence without secrets. */
export class MlflowError extends Error {
  readonly reason: Refusal;

  constructor(reason: Refusal, message: string) {
    super(message);
    this.name = 'MlflowError';
    this.reason = reason;
  }

  /** Whether nothing else can be had either. */
  get ofAll(): boolean {
    return this.reason === 'away' || this.reason === 'not_authenticated' || this.reason === 'not_mlflow';
  }
}

export interface Credentials {
  readonly token?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

export interface MlflowOptions {
  /** `http://mlflow.internal:5000`, also with a path. */
  readonly trackingUri: string;
  readonly credentials?: Credentials;
  readonly send: Send;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

type Query = Readonly<Record<string, string | number | readonly string[]>>;

/** Between two requests: people work with the same server. */
const APART_MS = 25;
/** What answers of the API have at most. */
const ANSWER_BYTES = 16 * 1024 * 1024;
/** Waits before a server that is busy is asked again. */
const BUSY_MS = [1000, 4000];

/**
 * MLflow's REST API 2.0: one request after the other, at most forty a second; one that the server is too busy for (429, 503) is repeated twice.
 * Errors: MlflowError.
 */
export class Mlflow {
  /** Its address without a slash at the end. */
  readonly address: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #options: MlflowOptions;

  constructor(options: MlflowOptions) {
    this.#options = options;
    this.address = options.trackingUri.replace(/\/+$/, '');
    this.#headers = authorization(options.credentials ?? {});
  }

  /** `get('registered-models/get', { name: 'm' })` */
  async get<T>(path: string, query: Query): Promise<T> {
    const { body } = await this.#ask('GET', `/api/2.0/mlflow/${path}?${search(query)}`, ANSWER_BYTES);
    return parsed<T>(body, this.address);
  }

  async post(path: string, body: unknown): Promise<void> {
    await this.#ask('POST', `/api/2.0/mlflow/${path}`, ANSWER_BYTES, JSON.stringify(body));
  }

  /** The bytes of an artefact, whatever store the server has them in: `file('get-artifact', { run_id, path })` */
  async file(
    path: 'get-artifact' | 'model-versions/get-artifact',
    query: Query,
    mostBytes: number,
  ): Promise<Uint8Array> {
    return (await this.#ask('GET', `/${path}?${search(query)}`, mostBytes)).body;
  }

  /** Every item of a list that comes in pages. */
  async *pages<T>(path: string, query: Query, list: string): AsyncGenerator<T> {
    let token = '';
    do {
      const page = await this.get<Record<string, unknown>>(path, {
        ...query,
        ...(token === '' ? {} : { page_token: token }),
      });
      yield* (page[list] ?? []) as T[];
      const next = String(page.next_page_token ?? '');
      if (next !== '' && next === token)
        throw new MlflowError('not_mlflow', `${this.address} gives the same page of ${path} again and again`);
      token = next;
    } while (token !== '');
  }

  async #ask(
    method: Sent['method'],
    path: string,
    mostBytes: number,
    body?: string,
  ): Promise<{ body: Uint8Array }> {
    const { send, pause } = this.#options;
    const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = { method, address: this.address + path, headers: { ...this.#headers, ...json }, mostBytes };
    for (const wait of [...BUSY_MS, null]) {
      await pause(APART_MS);
      const reply = await send({ ...sent, ...(body === undefined ? {} : { body }) }).catch((error) => {
        throw new MlflowError('away', `MLflow at ${this.address} does not answer (${reasonOf(error)})`);
      });
      if (reply.status === 200) {
        if (reply.body !== null) return { body: reply.body };
        throw new MlflowError('too_large', `it is larger than ${Math.round(mostBytes / 1024 / 1024)} MB`);
      }
      if (wait !== null && (reply.status === 429 || reply.status === 503)) await pause(wait);
      else throw refusalOf(reply.status, reply.body, this.address);
    }
    throw new Error('unreachable');
  }
}

function authorization({ token, user, password }: Credentials): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (user === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` };
}

function search(query: Query): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) params.append(name, String(one));
  return params;
}

function parsed<T>(body: Uint8Array, address: string): T {
  try {
    const value = JSON.parse(new TextDecoder().decode(body)) as unknown;
    if (typeof value === 'object' && value !== null) return value as T;
  } catch {
    // a page of a proxy, or of something else
  }
  throw new MlflowError('not_mlflow', `${address} does not answer as MLflow does: no JSON came`);
}

/** The code of the connection's failure, or its first words. */
function reasonOf(error: unknown): string {
  const { code, cause, name, message } = error as Error & { code?: string; cause?: { code?: string } };
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer in time';
  return code ?? cause?.code ?? String(message).split('\n')[0]!.slice(0, 100);
}

function refusalOf(status: number, body: Uint8Array | null, address: string): MlflowError {
  const said = saidBy(body);
  if (status === 401)
    return new MlflowError('not_authenticated', `MLflow at ${address} refuses the credentials (401)`);
  if (status === 403) return new MlflowError('not_allowed', `MLflow does not allow it (403)${said}`);
  if (status === 404) {
    return new MlflowError('not_found', `MLflow does not have it${said}`);
  }
  return new MlflowError('failed', `MLflow failed (${status})${said}`);
}

/** What MLflow says of an error, short; nothing where the answer is not its own. */
function saidBy(body: Uint8Array | null): string {
  try {
    const { message } = JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())) as {
      message?: unknown;
    };
    return typeof message === 'string' ? `: ${message.split('\n')[0]!.slice(0, 200)}` : '';
  } catch {
    return '';
  }
}
