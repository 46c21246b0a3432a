import type { Outcome, Value } from '../outcome.ts';

/** The longest stretch of one value in a column in the order of time. */
export interface LongestRun extends Value {
  /** The value that stood still. */
  readonly of: string | number;
  /** Place of its first occurrence, from 0. */
  readonly start: number;
  /** At most this probable somewhere in the column if rows came in no order: small means stuck, not merely frequent. */
  readonly p: number;
}

/**
 * The longest run of equal values in the order given, missing ones (null, NaN) passed over; `value` is its length. `p` bounds the
 * chance of any run this long in a shuffled column: Σ over values of share^L (1 + (n − L)(1 − share)), at most 1, so that a column that is
 * nearly constant is not called stuck. Without values `not_enough_data`. A constant column has p = 1.
 * Source: union bound over the run's start; Feller 1968, section XIII.7.
 * @example longestRun([1, 2, 2, 2, 3]) // { value: 3, of: 2, start: 1, p: … }
 */
export function longestRun(values: Iterable<string | number | null>): Outcome<LongestRun> {
  const counts = new Map<string | number, number>();
  let best = { value: 0, of: '' as string | number, start: 0 };
  let run = { value: 0, of: '' as string | number, start: 0 };
  let place = -1;
  let n = 0;
  for (const value of values) {
    place++;
    if (value === null || Number.isNaN(value)) continue;
    n++;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (run.value > 0 && run.of === value) run.value++;
    else run = { value: 1, of: value, start: place };
    if (run.value > best.value) best = { ...run };
  }
  return n > 0 ? { ...best, p: chanceOfRun(best.value, n, counts.values()) } : { reason: 'not_enough_data' };
}

/**
 * At most this probable: a run of the length somewhere among n shuffled values that occur so often.
 * @example chanceOfRun(20, 100, [50]) // 3.9e-5
 */
export function chanceOfRun(length: number, n: number, counts: Iterable<number>): number {
  let p = 0;
  for (const count of counts) {
    const share = count / n;
    p += share ** length * (1 + (n - length) * (1 - share));
  }
  return Math.min(1, p);
}
