import { jsDistance } from '../../stats/distances/js-distance.ts';
import { mean } from '../../stats/intervals/mean.ts';
import { proportion } from '../../stats/intervals/proportion.ts';
import type { Estimate, Outcome } from '../../stats/outcome.ts';
import type { NoAnswer } from './ask.ts';
import type { Result } from './results.ts';

/** A number with its 95 % interval and n, or why there is none. */
export type Figure = (Estimate | { readonly reason: string }) & { readonly n: number };

export interface ReplayReport {
  readonly rows: number;
  readonly answered: number;
  /** Rows without an answer, by reason, with an example of each. */
  readonly unanswered: readonly { readonly reason: NoAnswer; readonly n: number; readonly example: string }[];
  readonly task: 'classes' | 'numbers';
  /** Of classes the share of answers that are the stored ones; of numbers the mean distance from them. */
  readonly agreement: Figure;
  /** JS distance (base 2) of the answers from the stored ones. */
  readonly drift: Figure;
  /** Accuracy of classes, mean absolute error of numbers; of the endpoint, of what is stored, and of the endpoint less that, row by row. */
  readonly quality: { readonly candidate: Figure; readonly stored: Figure; readonly difference: Figure };
  /** Median and 95th percentile of what an answer took, in milliseconds. */
  readonly latency_ms: { readonly p50: number | null; readonly p95: number | null };
}

/** More distinct numbers than this are a quantity, not codes of classes. */
const CODES = 10;
const BINS = 20;

/** What a replay showed. Rows without an answer count as wrong where an answer of a class is asked for. Pure. */
export function reportOf(results: readonly Result[]): ReplayReport {
  const answered = results.flatMap(({ answer, ...row }) =>
    'value' in answer ? [{ ...row, ...answer }] : [],
  );
  const task = areNumbers(answered.flatMap(({ value, stored, label }) => [value, stored, label]))
    ? 'numbers'
    : 'classes';
  const beside = answered.filter(({ stored }) => stored !== null);
  const labelled = results.filter(({ label }) => label !== null);
  const score = task === 'classes' ? right : distance;
  const candidate = labelled.flatMap(({ answer, label }) =>
    'value' in answer ? [score(answer.value, label!)] : task === 'classes' ? [0] : [],
  );
  const stored = labelled.flatMap(({ stored, label }) => (stored === null ? [] : [score(stored, label!)]));
  const both = answered.flatMap(({ value, stored, label }) =>
    label === null || stored === null ? [] : [score(value, label) - score(stored, label)],
  );
  const times = answered.map(({ ms }) => ms).sort((a, b) => a - b);
  const figure = task === 'classes' ? shareOf : meanOf;
  return {
    rows: results.length,
    answered: answered.length,
    unanswered: reasonsOf(results),
    task,
    agreement: figure(beside.map(({ value, stored }) => score(value, stored!))),
    drift: driftOf(
      beside.map(({ stored }) => stored!),
      beside.map(({ value }) => value),
      task,
    ),
    quality: { candidate: figure(candidate), stored: figure(stored), difference: meanOf(both) },
    latency_ms: { p50: at(times, 0.5), p95: at(times, 0.95) },
  };
}

type Plain = string | number;

const right = (value: Plain, wanted: Plain) => (String(value) === String(wanted) ? 1 : 0);
const distance = (value: Plain, wanted: Plain) => Math.abs(Number(value) - Number(wanted));
const at = (sorted: readonly number[], p: number) => sorted[Math.floor(p * (sorted.length - 1))] ?? null;

/** Numbers throughout, and more than classes would have. */
function areNumbers(values: readonly (Plain | null)[]): boolean {
  const known = values.filter((value) => value !== null);
  return known.every((value) => typeof value === 'number') && new Set(known).size > CODES;
}

function shareOf(values: readonly number[]): Figure {
  const hits = values.reduce((sum, value) => sum + value, 0);
  return counted(proportion(hits, values.length), values.length);
}

function meanOf(values: readonly number[]): Figure {
  const n = values.length;
  const [sum, sum2] = [1, 2].map((power) => values.reduce((all, value) => all + value ** power, 0));
  return counted(mean({ n, sum: sum!, sum2: sum2! }), n);
}

const counted = (outcome: Outcome<Estimate>, n: number): Figure => ({ ...outcome, n });

/** Classes as they are; numbers on bins of equal share of what is stored. */
function driftOf(before: readonly Plain[], after: readonly Plain[], task: ReplayReport['task']): Figure {
  const bin = task === 'classes' ? String : binOf(before.map(Number));
  const names = [...new Set([...before, ...after].map(bin))];
  const counts = (values: readonly Plain[]) => {
    const found = Map.groupBy(values, bin);
    return names.map((name) => found.get(name)?.length ?? 0);
  };
  const { value, low, high, reason } = {
    value: null,
    low: null,
    high: null,
    reason: null,
    ...jsDistance(counts(before), counts(after)),
  };
  return value === null || low === null || high === null
    ? { reason: reason ?? 'not_enough_data', n: after.length }
    : { value, low, high, n: after.length };
}

function binOf(values: readonly number[]): (value: Plain) => string {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = Array.from(
    { length: BINS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BINS)] ?? 0,
  );
  return (value) => String(edges.findIndex((edge) => Number(value) < edge));
}

function reasonsOf(results: readonly Result[]): ReplayReport['unanswered'] {
  const found = new Map<NoAnswer, { n: number; example: string }>();
  for (const { answer } of results) {
    if ('value' in answer) continue;
    const { reason, detail } = answer;
    const known = found.get(reason);
    found.set(reason, { n: (known?.n ?? 0) + 1, example: known?.example ?? detail });
  }
  return [...found].map(([reason, of]) => ({ reason, ...of })).sort((a, b) => b.n - a.n);
}
