import type { JsDistance } from './distances/js-distance.ts';
import type { Outcome, Value } from './outcome.ts';
import type { Sample } from './sample.ts';

/** A comparison with a p-value. `logP` is its natural logarithm, exact where `p` itself underflows to 0. */
export interface Tested extends Value {
  readonly p: number;
  readonly logP: number;
}

/** What every comparison tells about itself; pages, forms and tables are made from it. */
export interface Definition {
  /** Stable name of the definition; with `version` it is stored beside every value. */
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** The formula; r: reference shares, c: current shares, m and n their counts. */
  readonly formula: string;
  /** Least and greatest value; null: unbounded. */
  readonly range: readonly [low: number | null, high: number | null];
  /** What a value of nothing, and what constant or empty input gives. */
  readonly edges: string;
  readonly source: string;
}

/** Compares counts on shared bins (numeric or categorical). */
export interface CountComparison extends Definition {
  readonly accepts: 'counts' | 'two_counts';
  compare(reference: ArrayLike<number>, current: ArrayLike<number>): Outcome<Value | Tested | JsDistance>;
}

/** Compares numbers, from raw samples or grids. */
export interface NumberComparison extends Definition {
  readonly accepts: 'numbers';
  compare(reference: Sample, current: Sample): Outcome<Value | Tested>;
}

export type Comparison = CountComparison | NumberComparison;

/** A test's result from its statistic and the log of its p-value. */
export function tested(value: number, logP: number): Outcome<Tested> {
  if (!Number.isFinite(value) || Number.isNaN(logP)) return { reason: 'not_finite' };
  const bounded = Math.min(0, logP);
  return { value, p: Math.exp(bounded), logP: bounded };
}
