import type { StoredChange } from '../../../contract/change.ts';
import type { ModelLoss } from '../../../contract/loss.ts';
import type { Grid } from '../../../stats/asinh-grid.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { RowSample } from '../../profiles/read/sample-rows.ts';

/** A moment of event time with its uncertainty, epoch milliseconds: starts of buckets. */
export interface Onset {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** A column before and after the change. */
export interface ColumnEvidence {
  readonly name: string;
  readonly type: 'numeric' | 'categorical';
  readonly grid: Grid | null;
  /** Before: production until the change; where there was too little, the reference. */
  readonly before: Profile;
  readonly after: Profile;
  /** Of numbers, some of the values themselves, by chance: sharper than the grid. Null where rows were not read, or hold too few. */
  readonly values: { readonly before: readonly number[]; readonly after: readonly number[] } | null;
}

/** A version that was seen around the change. */
export interface VersionEvidence {
  readonly version: string;
  /** First bucket it was seen in, of those that were looked at. */
  readonly first: number;
  /** Its share of the predictions before the change and after it. */
  readonly before: number;
  readonly after: number;
}

/** What hypotheses may ask: all that is known of a model around the moment at which it changed. Plain data. */
export interface Evidence {
  readonly model: string;
  /** The one segment that all alerts are of, in words: all that follows is of its predictions. Empty for all of the model's. */
  readonly within: string;
  readonly bucketMs: number;
  /** Since when, as the clearest of the signals shows it. */
  readonly onset: Onset;
  /** The same for each column that has an alert. */
  readonly onsets: ReadonlyMap<string, Onset>;
  /** Features and what is made beside them (`_prediction`, `_score`, `_label`, `_latency_ms`, `_error` …), by name. */
  readonly columns: ReadonlyMap<string, ColumnEvidence>;
  readonly versions: readonly VersionEvidence[];
  /** Deployments and other changes around it. */
  readonly changes: readonly StoredChange[];
  /** Predictions in a bucket. */
  readonly traffic: { readonly before: number; readonly after: number };
  /** The columns as they were at the same time in cycles before, where there was traffic then. */
  readonly seasons: readonly Season[];
  /** Whole rows of both sides, by chance; null when they were not read. */
  readonly rows: RowSample | null;
  /** What it costs; null where nobody said what answers are worth. */
  readonly loss?: ModelLoss | null;
}

export interface Season {
  /** `a week`, as it is said before "ago". */
  readonly name: string;
  readonly columns: ReadonlyMap<string, Profile>;
}

/** What is asked about: the inputs. */
export function featuresOf({ columns }: Pick<Evidence, 'columns'>): ColumnEvidence[] {
  return [...columns.values()].filter(({ name }) => !name.startsWith('_'));
}
