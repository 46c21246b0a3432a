import type { ReviewReason } from '../../../../contract/review.ts';
import type { Ctx } from '../../../context.ts';
import type { ProfiledColumn } from '../../../models/columns/profiled-columns.ts';
import type { ModelRow } from '../../../store/ledger/schema.ts';

/** What is looked through. */
export interface Looked {
  readonly model: ModelRow;
  /** Features, the answer and what is fixed, as they are counted. */
  readonly columns: readonly ProfiledColumn[];
  /** The bucket, event time. */
  readonly from: number;
  readonly to: number;
  /** Predictions of the bucket. */
  readonly n: number;
  /** One prediction in so many is looked at, chosen by `seed`, so that what a bucket costs is bounded. */
  readonly every: number;
  readonly seed: number;
  /** Candidates that are wanted, at most. */
  readonly limit: number;
  /** Ids of predictions of this time that are in the queue already, or were. */
  readonly known: readonly string[];
}

/** A prediction that a reason would put into the queue. */
export interface Candidate {
  readonly id: string;
  /** Event time. */
  readonly time: number;
  readonly stratum: string;
  /** What the reason measured, null where it measures nothing. */
  readonly value: number | null;
  /** Columns that it is about. */
  readonly columns?: readonly string[];
  /** Predictions of its stratum. */
  readonly among?: number;
}

/** Why predictions are worth a look, and how those are found: with one bounded statement, the best first. Deterministic. */
export interface Reason {
  readonly id: ReviewReason;
  find(ctx: Pick<Ctx, 'lake' | 'ledger'>, looked: Looked): Promise<Candidate[]>;
}

/** Predictions that one statement looks at, about. */
const ROWS = 200_000;

/** Of how many predictions one is looked at. `everyOf(1_000_000)` → 5 */
export function everyOf(predictions: number): number {
  return Math.max(1, Math.ceil(predictions / ROWS));
}
