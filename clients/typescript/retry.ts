/** How patient a client is. Waits double from `baseMs` up to `maxMs` unless the server says how long to wait. */
export interface Attempts {
  readonly count: number;
  readonly baseMs: number;
  readonly maxMs: number;
  readonly sleep: (ms: number) => Promise<void>;
}

const PATIENT: Attempts = {
  count: 10,
  baseMs: 100,
  maxMs: 10_000,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** One try: the value, or the error to report should no later try succeed. */
export type Try<T> = { readonly value: T } | { readonly again: Error; readonly afterSeconds?: number };

/**
 * Repeats `attempt` while it says `again` or the connection breaks (a TypeError of `fetch`); any other error is
 * final. After the last try the last error is thrown.
 */
export async function retrying<T>(
  options: Partial<Attempts> | undefined,
  attempt: () => Promise<Try<T>>,
): Promise<T> {
  const attempts = { ...PATIENT, ...options };
  for (let i = 1; ; i++) {
    const result = await attempt().catch((error: unknown): Try<T> => {
      if (error instanceof TypeError) return { again: error };
      throw error;
    });
    if ('value' in result) return result.value;
    if (i >= attempts.count) throw result.again;
    const backoff = Math.min(attempts.maxMs, attempts.baseMs * 2 ** (i - 1));
    await attempts.sleep(result.afterSeconds === undefined ? backoff : result.afterSeconds * 1000);
  }
}
