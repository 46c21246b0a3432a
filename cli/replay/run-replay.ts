import { ask, type Endpoint } from './ask.ts';
import { type Kept, type Result, resultOf } from './results.ts';
import type { ReplayRow } from './rows.ts';

/** Rows in a row without any answer after which the endpoint is given up. */
const HOPELESS = 50;

export interface Replayed {
  readonly results: readonly Result[];
  /** Rows whose answer an earlier try had kept. */
  readonly kept: number;
  /** Why it ended before its rows did; null when it did not. */
  readonly ended: 'interrupted' | 'endpoint_gone' | null;
}

export interface ReplayOptions {
  readonly concurrency: number;
  readonly stop?: AbortSignal | undefined;
  readonly passed?: (rows: number) => void;
}

/**
 * Asks the endpoint for every row, so many at once and no more; each answer is kept as it comes. Of an endpoint that answers
 * none of fifty rows one after the other no more is asked.
 */
export async function replay(
  endpoint: Endpoint,
  rows: AsyncIterable<ReplayRow>,
  { known, keep }: Kept,
  { concurrency, stop, passed }: ReplayOptions,
): Promise<Replayed> {
  const results: Result[] = [];
  let kept = 0;
  let silent = 0;
  const source = rows[Symbol.asyncIterator]();
  const ends = () => stop?.aborted === true || silent >= HOPELESS;
  async function worker(): Promise<void> {
    while (!ends()) {
      const { done, value: row } = await source.next();
      if (done === true) return;
      const before = known.get(row.id);
      if (before !== undefined) {
        kept++;
        results.push(before);
        continue;
      }
      const result = resultOf(row, await ask(endpoint, row.features, stop));
      if (stop?.aborted) return;
      silent = 'value' in result.answer ? 0 : silent + 1;
      results.push(result);
      keep(result);
      passed?.(results.length);
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker));
  await source.return?.();
  const ended = stop?.aborted === true ? 'interrupted' : silent >= HOPELESS ? 'endpoint_gone' : null;
  return { results, kept, ended };
}
