import type { Estimate, Outcome } from '../../stats/outcome.ts';
import { type Random, randomInteger, shuffle } from '../../stats/random.ts';

/** What became of one metric's intervals. */
export interface Hit {
  readonly asked: number;
  /** Intervals that held the truth. */
  readonly held: number;
  /** Sums of the absolute errors of the value, and of the reference's own value. */
  readonly error: number;
  readonly yardstick: number;
}

export type Hits = Map<string, Hit>;

export function noHits(): Hits {
  return new Map();
}

/** Adds one interval. @param own the reference's own value, where the value is an estimate. */
export function addHit(
  hits: Hits,
  metric: string,
  outcome: Outcome<Estimate>,
  truth: number,
  own = truth,
): void {
  if (!('low' in outcome) || !Number.isFinite(truth)) return;
  const before = hits.get(metric) ?? { asked: 0, held: 0, error: 0, yardstick: 0 };
  const held = outcome.low <= truth && truth <= outcome.high;
  hits.set(metric, {
    asked: before.asked + 1,
    held: before.held + (held ? 1 : 0),
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
