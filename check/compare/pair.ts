import type { CheckTest } from '../../contract/check.ts';
import type { ReferenceBins } from '../../stats/reference-bins.ts';
import type { Sample } from '../../stats/sample.ts';
import type { CountedColumn, CountPlan } from '../count.ts';

/** Both sides of a column, ready to be compared. */
export interface ColumnPair {
  readonly plan: CountPlan;
  readonly reference: CountedColumn;
  readonly current: CountedColumn;
  /** Frozen bins of the reference, and the counts of both sides on them, special bins last. */
  readonly bins: ReferenceBins;
  readonly binned: { readonly reference: number[]; readonly current: number[] };
  /** The numbers of both sides; null for categories. */
  readonly samples: ColumnSamples | null;
}

/** Numbers of both sides: each value, or the middle of its fine cell. */
export interface ColumnSamples {
  readonly resolution: 'values' | 'cells';
  readonly reference: Sample;
  readonly current: Sample;
}

/** What a set of tests says of a column, by the tests' ids. */
export type ColumnTests = (pair: ColumnPair) => Record<string, CheckTest>;
