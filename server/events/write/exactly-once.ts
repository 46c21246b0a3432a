import { TiltmeterError } from '../../../contract/errors.ts';
import type { Lake } from '../../store/lake/lake.ts';
import type { Batch } from '../columns/batch.ts';
import { lookUp } from '../ids/look-up.ts';

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

export interface ExactlyOnceOptions extends RetryOptions {
  readonly lake: Pick<Lake, 'insert' | 'query'>;
  /** Of all rows of the batch. */
  readonly stamp: number;
  /** For whom. */
  readonly of?: string;
}

/**
 * Writes a batch so that each of its rows is in the lake once. An insert that failed may have arrived all the same (the
 * answer was lost), so before it is repeated the lake is asked which rows it has. Throws what the last try threw;
 * rows may be in the lake then, and a sender that repeats them gets them counted as duplicates.
 */
export async function insertExactlyOnce(batch: Batch, options: ExactlyOnceOptions): Promise<void> {
  let tried = false;
  await retry(async () => {
    if (tried) await dropStored(batch, options);
    if (batch.rows === 0) return;
    tried = true;
    const { of } = options;
    await options.lake.insert(batch.encode(options.stamp), of === undefined ? {} : { of });
  }, options);
}

async function dropStored(batch: Batch, { lake, stamp }: ExactlyOnceOptions): Promise<void> {
  if (batch.keys === undefined) return;
  const stored = await lookUp(lake, batch.keys, { from: stamp, to: stamp + 1 }, batch.ids);
  const positions = new Set<number>();
  for (const [row, id] of batch.ids.entries()) if (stored.has(id)) positions.add(row);
  batch.drop(positions);
}
