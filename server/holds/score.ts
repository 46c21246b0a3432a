import type { NoAnswer } from '../../contract/hold.ts';
import { mean } from '../../stats/intervals/mean.ts';
import { proportion } from '../../stats/intervals/proportion.ts';
import type { Estimate, Outcome } from '../../stats/outcome.ts';
import type { Answer } from './ask.ts';

export type HoldTask = 'classes' | 'numbers';
type Label = string | number | boolean;

/** Of each row whether it was right (1 or 0), or how far off; null without an answer. */
export type Scores = readonly (number | null)[];

/** What a run shows. */
export interface Scored {
  readonly scores: Scores;
  readonly answered: number;
  readonly unanswered: readonly { readonly reason: NoAnswer; readonly n: number; readonly detail: string }[];
  /** Why it tells nothing: too few rows had an answer. */
  readonly failed: NoAnswer | null;
  readonly quality: Outcome<Estimate>;
  /** How much worse than before, over the rows that had an answer both times, and what they were before; null at the first run. */
  readonly lost: Outcome<Estimate> | null;
  readonly baseline: number | null;
  readonly p95: number | null;
}

/** A quantity has more different values than this; fewer are codes of classes. */
const CODES = 10;
/** Share of the rows that must have an answer. */
const ENOUGH = 0.9;

/** What the labels are, where nobody said. `taskOf([0, 1, 1])` → 'classes' */
export function taskOf(labels: readonly Label[]): HoldTask {
  const numbers = labels.every((label) => typeof label === 'number');
  return numbers && new Set(labels).size > CODES ? 'numbers' : 'classes';
}

/**
 * What answers to rows are worth, beside those of the first run (`before`). The same rows are asked each time, so that answers which do
 * not change lose nothing, for certain. Pure.
 */
export function score(
  task: HoldTask,
  labels: readonly Label[],
  answers: readonly Answer[],
  before: Scores | null,
): Scored {
  const of = task === 'classes' ? right : distance;
  const told = task === 'classes' ? answers : answers.map(asNumber);
  const scores = told.map((answer, i) => ('value' in answer ? of(answer.value, labels[i]!) : null));
  const known = scores.filter((one) => one !== null);
  const unanswered = reasonsOf(told);
  const failed = known.length < ENOUGH * scores.length ? unanswered[0]!.reason : null;
  const worse = task === 'classes' ? -1 : 1;
  const pairs = scores.flatMap((now, i) => {
    const then = before?.[i] ?? null;
    return now === null || then === null ? [] : [{ then, lost: worse * (now - then) }];
  });
  return {
    ...{ scores, answered: known.length, unanswered, failed },
    quality: task === 'classes' ? proportion(sumOf(known), known.length) : meanOf(known),
    lost: before === null ? null : meanOf(pairs.map(({ lost }) => lost)),
    baseline: pairs.length === 0 ? null : sumOf(pairs.map(({ then }) => then)) / pairs.length,
    p95: quantile(
      told.flatMap((answer) => ('value' in answer ? [answer.ms] : [])),
      0.95,
    ),
  };
}

const right = (value: string | number, label: Label) => (String(value) === String(label) ? 1 : 0);

const distance = (value: string | number, label: Label) => Math.abs(Number(value) - Number(label));

/** A text that is no number is no answer to a question for one. */
function asNumber(answer: Answer): Answer {
  if (!('value' in answer) || (answer.value !== '' && Number.isFinite(Number(answer.value)))) return answer;
  return { reason: 'no_answer', detail: 'the answer is no number' };
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function meanOf(values: readonly number[]): Outcome<Estimate> {
  const sum2 = values.reduce((sum, value) => sum + value * value, 0);
  return mean({ n: values.length, sum: sumOf(values), sum2 });
}

function quantile(values: readonly number[], p: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(p * (sorted.length - 1))] ?? null;
}

/** Rows without an answer by reason, the commonest first, with an example of each. */
function reasonsOf(answers: readonly Answer[]): Scored['unanswered'] {
  const found = Map.groupBy(
    answers.filter((answer) => 'reason' in answer),
    ({ reason }) => reason,
  );
  return [...found]
    .map(([reason, all]) => ({ reason, n: all.length, detail: all[0]!.detail }))
    .sort((a, b) => b.n - a.n);
}
