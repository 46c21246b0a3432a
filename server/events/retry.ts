import { TiltmeterError } from '../../contract/errors.ts';

export interface RetryOptions {
  readonly attempts: number;
  /** Wait before the second try; each further wait is twice the last. */
  readonly retryMs: number;
  readonly wait: (ms: number) => Promise<void>;
  /** Told before each repetition. */
  readonly repeated?: (attempt: number, error: unknown) => void;
}

/**
 * Repeats what failed because a store was away. A full disk stays full and a defect stays a defect: those are thrown
 * at once, and so is the failure of the last try.
 */
export async function retry<T>(task: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      const away = error instanceof TiltmeterError && error.code === 'store_unavailable';
      if (!away || attempt >= options.attempts) throw error;
      options.repeated?.(attempt, error);
      await options.wait(options.retryMs * 2 ** (attempt - 1));
    }
  }
}
