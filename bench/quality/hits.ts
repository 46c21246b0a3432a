import type { Estimate } from '../../stats/outcome.ts';
import { type Random, randomInteger, shuffle } from '../../stats/random.ts';

/** One interval, and the number that it was to hold. */
export interface Found {
  readonly metric: string;
  readonly outcome: Estimate | { readonly reason: string };
  readonly truth: number;
  /** The reference's own value, where the value is an estimate. */
  readonly own?: number;
}

/** What became of one metric's intervals. */
export interface Hit {
  readonly asked: number;
  /** Intervals that held the truth, and those that lay below it. */
  readonly held: number;
  readonly below: number;
  /** Sums of the absolute errors of the value, and of the reference's own value. */
  readonly error: number;
  readonly yardstick: number;
}

export type Hits = Map<string, Hit>;

export function noHits(): Hits {
  return new Map();
}

/** Adds one interval; what has no value, or nothing to hold, does not count. */
export function addHit(hits: Hits, { metric, outcome, truth, own = truth }: Found): void {
  if (!('low' in outcome) || !Number.isFinite(truth)) return;
  const before = hits.get(metric) ?? { asked: 0, held: 0, below: 0, error: 0, yardstick: 0 };
  // A bound that is the number itself but for rounding holds it.
  const near = 1e-12 * Math.max(1, Math.abs(truth));
  const held = outcome.low <= truth + near && truth - near <= outcome.high;
  hits.set(metric, {
    asked: before.asked + 1,
    held: before.held + (held ? 1 : 0),
    below: before.below + (outcome.high < truth - near ? 1 : 0),
    error: before.error + Math.abs(outcome.value - truth),
    yardstick: before.yardstick + Math.abs(own - truth),
  });
}

/** Some samples of n rows each, none of them in two. */
export function drawnRows(rows: number, n: number, next: Random, samples = 1): Int32Array[] {
  const order = shuffle(Int32Array.from({ length: rows }, (_, i) => i), next); // biome-ignore format: one line
  return Array.from({ length: samples }, (_, i) => order.slice(i * n, (i + 1) * n));
}

/** A sample of n rows drawn with replacement, so that the whole table is what it was drawn from. */
export function drawnFrom(rows: number, n: number, next: Random): Int32Array {
  return Int32Array.from({ length: n }, () => randomInteger(next, rows));
}
