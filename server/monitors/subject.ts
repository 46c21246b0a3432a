import type { Surprise } from '../../stats/anomaly/surprise.ts';
import type { Grid } from '../../stats/asinh-grid.ts';
import type { Estimate } from '../../stats/outcome.ts';
import type { ReferenceBins } from '../../stats/reference-bins.ts';
import type { HoldHistory } from '../holds/read-hold.ts';
import type { Profile } from '../profiles/profile.ts';
import type { Waited } from '../review/backlog.ts';
import type { Track } from './track.ts';

/** What the monitors of one model read: histories of buckets, all of the same buckets. */
interface Timeline {
  /** Event time at which bucket 0 begins, and the length of each. */
  readonly start: number;
  readonly bucketMs: number;
  /** Predictions per bucket. */
  readonly traffic: Track;
}

/** A feature, or the prediction, in the frozen bins of its reference. */
export interface ColumnSubject extends Timeline {
  readonly source: 'column';
  readonly column: string;
  /** Null without a reference. */
  readonly reference: { readonly bins: ReferenceBins; readonly counts: readonly number[] } | null;
  readonly track: Track;
}

export interface TrafficSubject extends Timeline {
  readonly source: 'traffic';
  /** Event time follows the wall clock. */
  readonly live: boolean;
  /** First bucket that ever had a prediction. */
  readonly firstBucket: number;
  /** When no server listened, in epoch milliseconds: that nothing came then is nobody's fault. */
  readonly outages: readonly { readonly from: number; readonly to: number }[];
}

/** Element 0 of the track counts answers without an error, element 1 those with one. */
export interface ErrorSubject extends Timeline {
  readonly source: 'errors';
  readonly reference: { readonly errors: number; readonly n: number } | null;
  readonly track: Track;
}

/** Element j of the track counts the latencies in cell `cells[j]` of the grid. */
export interface LatencySubject extends Timeline {
  readonly source: 'latency';
  readonly grid: Grid;
  readonly cells: readonly number[];
  readonly reference: readonly number[] | null;
  readonly track: Track;
}

/** What attributions that came with predictions say: of all features together, or of one. */
export interface AttributionSubject extends Timeline {
  readonly source: 'attributions';
  /** How far each feature moves the answers: three elements of the track each, as `Moments` of stats. Null without a normal. */
  readonly ranking: { readonly track: Track; readonly reference: readonly number[] | null } | null;
  /** The attribution of one feature in the frozen bins of its reference. */
  readonly feature: ColumnSubject | null;
}

/** What waited for people to look at it. */
export interface ReviewSubject extends Timeline {
  readonly source: 'reviews';
  /** Event time follows the wall clock. */
  readonly live: boolean;
  readonly waited: readonly Waited[];
}

/** What runs of the labelled set of the model through its endpoint showed. */
export interface HoldSubject extends Timeline {
  readonly source: 'holds';
  /** Event time follows the wall clock. */
  readonly live: boolean;
  readonly history: HoldHistory;
}

/** The values of another signal of the model, and how unusual each was when it came. */
export interface WatchedSubject extends Timeline {
  readonly source: 'watched';
  /** NaN where there is none. */
  valueAt(index: number): number;
  /** By values before it, from the place that stands for its bucket. */
  surpriseAt(index: number): Surprise;
}

/** What the machines and the service of the model told, by the bucket. */
export interface TelemetrySubject extends Timeline {
  readonly source: 'telemetry';
  /** Undefined where nothing came. `n`: points, or requests, that it is made of. */
  point(metric: string, index: number): { readonly value: number; readonly n: number } | undefined;
}

/** How good the labelled predictions were. */
export interface QualitySubject extends Timeline {
  readonly source: 'quality';
  readonly measure: QualityMeasure | null;
  /** Why there is no measure. */
  readonly reason: string;
  /** Labelled predictions per bucket. */
  readonly labelled: Track;
  /** Buckets from this one on may still get labels. */
  readonly matureTo: number;
}

/** Which values are better: higher or lower ones, or those nearer to zero on either side. */
export type Better = 'higher' | 'lower' | 'zero';

/** A quality metric over any run of buckets. */
export interface QualityMeasure {
  readonly metric: string;
  readonly unit: string;
  readonly better: Better;
  /** What the model did at its reference. */
  readonly baseline: Quality | null;
  /** What a threshold that is a share is a share of, where that is not the baseline's own value. */
  readonly scale: number | null;
  over(from: number, to: number): Quality;
  /** The share of the labels of a run of buckets that is still to come, as far as that is known. */
  awaited(from: number, to: number): number;
  /** What the recipe adds up of a run of buckets. */
  sums(from: number, to: number): readonly number[];
}

/** A value with its 95 % interval, or why there is none. */
export type Quality = (Estimate & Told) | { readonly reason: string; readonly n: number };

interface Told {
  readonly n: number;
  /** Of an estimate: how much of the way it goes from what was learned of to what scores promise. */
  readonly weight?: number;
}

/** How a quality metric is made of profiles: each bucket's profiles become one vector, vectors add up. */
export interface QualityRecipe {
  readonly metric: string;
  /** What it is called and defined as, where that is particular to the model. */
  readonly meta?: { readonly title: string; readonly definition: string };
  /** The class that it counts as positive, for metrics that know one: of another class it is another number. */
  readonly of: string;
  readonly better: Better;
  /** Names of the profiles it is made of. */
  readonly columns: readonly string[];
  /** Of which segments, where it is not made of those of all predictions; each is then named by `inGroup`. */
  readonly groups?: readonly string[];
  /** Those of them that are there from the first thing to judge on; all when absent. */
  readonly comesWith?: readonly string[];
  /** Those of them whose values are the labelled predictions, each once. */
  readonly labelledIn: readonly string[];
  /** Length of the vector; element 0 … `counted` − 1 add up to the labelled predictions. */
  readonly width: number;
  readonly counted: number;
  add(profiles: ReadonlyMap<string, Profile>, into: Float64Array): void;
  quality(sums: readonly number[]): Quality;
  /** What a loss is told as a share of, from the sums of the baseline; its value when absent. */
  scale?(sums: readonly number[]): number;
  /** For what is estimated: what it learns of the labelled rows of its baseline. Without a baseline there is no value. */
  readonly learned?: Learning;
}

/** How an estimate learns from labelled rows. */
export interface Learning {
  /** Names of the profiles that hold them, each row once. */
  readonly from: readonly string[];
  /** It says something of buckets without labels, so that it does not wait for any. */
  readonly ahead: boolean;
  /** Labelled rows in the sums of a run of buckets. */
  rows(sums: ArrayLike<number>): number;
  of(baseline: readonly number[]): Learned;
}

export interface Learned {
  /** What the baseline itself was. */
  readonly own: Quality;
  /** What the sums of a run of buckets say; `past`: earlier windows whose labels have come. */
  over(sums: readonly number[], past: readonly PastWindow[]): Quality;
}

/** A window before the one that is judged. Windows overlap and follow each other: one of them is behind several. */
export interface PastWindow {
  /** Event time at which it begins. */
  readonly from: number;
  sums(): readonly number[];
}

export type Subject =
  | ColumnSubject
  | TrafficSubject
  | ErrorSubject
  | LatencySubject
  | AttributionSubject
  | ReviewSubject
  | WatchedSubject
  | TelemetrySubject
  | HoldSubject
  | QualitySubject;

/** The name of a profile of one of the groups of a recipe. */
export const inGroup = (segment: string, column: string) => `${segment}\u001f${column}`;

/** The names of all profiles that a recipe is made of. */
export const profilesOf = ({ groups, columns }: Pick<QualityRecipe, 'groups' | 'columns'>) =>
  groups === undefined
    ? columns
    : groups.flatMap((segment) => columns.map((column) => inGroup(segment, column)));
