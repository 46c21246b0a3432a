import type { Features } from '../../mapping/endpoint/protocol.ts';
import { ask, type Endpoint, type NoAnswer } from '../replay/ask.ts';

/** Why an endpoint cannot be explained: it does not answer, or not with a number. */
export interface Unexplained {
  readonly reason: NoAnswer | 'no_number' | 'interrupted';
  readonly detail: string;
}

/**
 * The numbers that an endpoint answers rows with, in their order, so many asked at once; or why there is none: the first row without a number
 * ends it, since an explanation with holes is none.
 */
export async function askAll(
  endpoint: Endpoint,
  rows: readonly Features[],
  { concurrency, stop }: { readonly concurrency: number; readonly stop?: AbortSignal | undefined },
): Promise<readonly number[] | Unexplained> {
  const answers = new Array<number>(rows.length);
  const ends = new AbortController();
  const signal = stop === undefined ? ends.signal : AbortSignal.any([stop, ends.signal]);
  let failed: Unexplained | null = null;
  let next = 0;
  async function worker(): Promise<void> {
    while (failed === null && !signal.aborted) {
      const at = next++;
      if (at >= rows.length) return;
      const answer = await ask(endpoint, rows[at]!, signal);
      if (signal.aborted) return;
      if ('value' in answer && typeof answer.value === 'number') answers[at] = answer.value;
      else {
        failed ??= 'value' in answer ? NO_NUMBER : answer;
        ends.abort();
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker));
  if (stop?.aborted) return { reason: 'interrupted', detail: 'it was stopped' };
  return failed ?? answers;
}

const NO_NUMBER: Unexplained = {
  reason: 'no_number',
  detail: 'the answer is no number: say with --answer where the score or the probability stands',
};
