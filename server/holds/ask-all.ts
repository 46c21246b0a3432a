import type { Features } from '../../mapping/endpoint/protocol.ts';
import type { Answer, Ask } from './ask.ts';

/** Requests at once: a model in production has other callers. */
const AT_ONCE = 4;
/** Rows one after the other without any answer after which the endpoint is given up. */
const HOPELESS = 20;
/** A run takes this long at most, whatever the endpoint does. */
const LONGEST_MS = 240_000;

/**
 * Asks for every row, a few at once; those without an answer are asked for once more at the end. Of an endpoint that answers none of twenty
 * rows one after the other, or takes too long over all of them, no more is asked: the rest has the reason of the last one.
 */
export async function askAll(
  ask: Ask,
  rows: readonly Features[],
  monotonic: () => number,
): Promise<readonly Answer[]> {
  const answers = new Array<Answer | undefined>(rows.length).fill(undefined);
  const ends = monotonic() + LONGEST_MS;
  const open = (some: readonly number[]) => some.filter((i) => !isAnswered(answers[i]));
  let last: Answer = TOO_LONG;
  let silent = 0;
  async function round(indices: readonly number[]): Promise<void> {
    const left = indices.values();
    async function worker(): Promise<void> {
      for (const i of left) {
        if (silent >= HOPELESS || monotonic() >= ends) return;
        const answer = await ask(rows[i]!);
        silent = isAnswered(answer) ? 0 : silent + 1;
        if (!isAnswered(answer)) last = answer;
        answers[i] = answer;
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
  const all = rows.map((_, i) => i);
  await round(all);
  if (silent < HOPELESS) await round(open(all));
  return answers.map((answer) => answer ?? last);
}

const TOO_LONG: Answer = { reason: 'interrupted', detail: `it took longer than ${LONGEST_MS / 60_000} min` };

const isAnswered = (answer: Answer | undefined) => answer !== undefined && 'value' in answer;
