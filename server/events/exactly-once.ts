import type { Lake } from '../store/lake/lake.ts';
import type { Batch } from './columns/batch.ts';
import { lookUp } from './ids/look-up.ts';
import { type RetryOptions, retry } from './retry.ts';

export interface ExactlyOnceOptions extends RetryOptions {
  readonly lake: Pick<Lake, 'insert' | 'query'>;
  /** Of all rows of the batch. */
  readonly stamp: number;
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
    await options.lake.insert(batch.encode(options.stamp));
  }, options);
}

async function dropStored(batch: Batch, { lake, stamp }: ExactlyOnceOptions): Promise<void> {
  if (batch.keys === undefined) return;
  const stored = await lookUp(lake, batch.keys, { from: stamp, to: stamp + 1 }, batch.ids);
  const positions = new Set<number>();
  for (const [row, id] of batch.ids.entries()) if (stored.has(id)) positions.add(row);
  batch.drop(positions);
}
