import type { Grid } from '../../../../stats/asinh-grid.ts';
import { binCounts, binTotal, type ReferenceBins, referenceBins } from '../../../../stats/reference-bins.ts';
import { type Profile, profileAs } from '../../../profiles/profile.ts';
import type {
  ColumnSubject,
  ErrorSubject,
  LatencySubject,
  PastWindow,
  QualityRecipe,
  QualitySubject,
  TrafficSubject,
} from '../../subject.ts';
import { Track } from '../../track.ts';
import { qualityVector } from './quality-vector.ts';

/** The buckets that subjects are made for. */
export interface Span {
  readonly start: number;
  readonly bucketMs: number;
  readonly buckets: number;
}

/** A column's profile per bucket, by the event time at which the bucket begins. */
export type History = ReadonlyMap<number, Profile>;

interface Base extends Span {
  readonly traffic: Track;
}

const at = ({ start, bucketMs }: Span, bucket: number) => start + bucket * bucketMs;

/** Predictions per bucket. */
export function trafficTrack(span: Span, all: History): Track {
  return Track.of(1, span.buckets, (bucket) => {
    const profile = all.get(at(span, bucket));
    return profile && [profile.n];
  });
}

/** Example: `trafficSubject(base, { live: true, firstBucket: 0 })` */
export function trafficSubject(
  base: Base,
  stream: Pick<TrafficSubject, 'live' | 'firstBucket'> & Partial<Pick<TrafficSubject, 'outages'>>,
): TrafficSubject {
  return { source: 'traffic', outages: [], ...base, ...stream };
}

/** The frozen bins that a column is counted in; without a reference there is nothing to count in. */
export function columnBins(type: 'numeric' | 'categorical', reference: Profile | undefined): ReferenceBins {
  const known = reference && profileAs(type, reference);
  return referenceBins(
    known && known.n > 0 ? known : { missing: 0, invalid: 0, grid: new Map(), counts: new Map(), other: 0 },
    { type },
  );
}

/** A column in the frozen bins of its reference. `history`: counts in these bins by the start of the bucket. */
export function columnSubject(
  base: Base,
  column: string,
  bins: ReferenceBins,
  history: ReadonlyMap<number, readonly number[]>,
  reference: Profile | undefined,
): ColumnSubject {
  // One that was counted otherwise says nothing of these bins.
  const known = reference && profileAs(bins.kind, reference);
  const track = Track.of(binTotal(bins), base.buckets, (bucket) => history.get(at(base, bucket)));
  return {
    source: 'column',
    ...base,
    column,
    reference: known && known.n > 0 ? { bins, counts: binCounts(known, bins) } : null,
    track,
  };
}

export function errorSubject(base: Base, history: History, reference: Profile | undefined): ErrorSubject {
  const errors = (profile: Profile) => profile.n - (profile.counts.get('') ?? 0);
  const track = Track.of(2, base.buckets, (bucket) => {
    const profile = history.get(at(base, bucket));
    return profile && [profile.n - errors(profile), errors(profile)];
  });
  return {
    source: 'errors',
    ...base,
    reference: reference && reference.n > 0 ? { errors: errors(reference), n: reference.n } : null,
    track,
  };
}

/** Cells that occur in the reference or in any bucket, ascending. */
export function latencySubject(
  base: Base,
  grid: Grid,
  history: History,
  reference: Profile | undefined,
): LatencySubject {
  const seen = new Set(reference?.grid.keys());
  for (const profile of history.values()) for (const cell of profile.grid.keys()) seen.add(cell);
  const cells = [...seen].sort((a, b) => a - b);
  const place = new Map(cells.map((cell, j) => [cell, j]));
  const vector = (profile: Profile) => {
    const counts = new Float64Array(cells.length);
    for (const [cell, count] of profile.grid) counts[place.get(cell)!] = count;
    return counts;
  };
  const track = Track.of(cells.length, base.buckets, (bucket) => {
    const profile = history.get(at(base, bucket));
    return profile && vector(profile);
  });
  const known = reference !== undefined && reference.grid.size > 0;
  return { source: 'latency', ...base, grid, cells, reference: known ? [...vector(reference)] : null, track };
}

export interface QualityState {
  readonly recipe: QualityRecipe;
  readonly histories: ReadonlyMap<string, History>;
  readonly baseline: readonly number[] | null;
  /** For estimates: windows before the one that ends with bucket `to` − 1 whose labels have come. */
  readonly past?: (to: number) => readonly PastWindow[];
  /** Bucket number; see QualitySubject. */
  readonly matureTo: number;
  /** The share of the labels of a bucket that have come, by its event time; where absent all have. */
  readonly complete?: (time: number) => number;
}

/** Of a bucket of which hardly a label has come yet, those that have do not stand for more than a hundred. */
const LEAST_COMPLETE = 0.01;

export function qualitySubject(base: Base, state: QualityState): QualitySubject {
  const { recipe, histories, baseline, matureTo, past, complete } = state;
  const learned = baseline === null ? undefined : recipe.learned?.of(baseline);
  const vectors = (bucket: number) => qualityVector(recipe, histories, at(base, bucket));
  const track = Track.of(recipe.width, base.buckets, vectors);
  const labelled = Track.of(1, base.buckets, (bucket) => {
    const counted = track.between(bucket, bucket + 1).slice(0, recipe.counted);
    return [counted.reduce((sum, count) => sum + count, 0)];
  });
  const expected =
    complete &&
    Track.of(1, base.buckets, (bucket) => {
      const come = Math.max(LEAST_COMPLETE, complete(at(base, bucket)));
      return [labelled.total(bucket, bucket + 1) / come];
    });
  const measure = {
    metric: recipe.metric,
    unit: '',
    better: recipe.better,
    scale: (baseline && recipe.scale?.(baseline)) ?? null,
    baseline: learned?.own ?? (baseline && recipe.quality(baseline)),
    awaited: (from: number, to: number) => {
      const all = expected?.total(from, to) ?? 0;
      return all > 0 ? Math.max(0, 1 - labelled.total(from, to) / all) : 0;
    },
    sums: (from: number, to: number) => track.between(from, to),
    over: (from: number, to: number) => {
      const sums = track.between(from, to);
      return learned ? learned.over(sums, past?.(to) ?? []) : recipe.quality(sums);
    },
  };
  return { source: 'quality', ...base, measure, reason: 'ok', labelled, matureTo };
}

/** What there is to look at while a model has no labels. */
export function noLabels(bucketMs: number): QualitySubject {
  const nothing = Track.of(1, 0, () => undefined);
  return {
    source: 'quality',
    start: 0,
    bucketMs,
    traffic: nothing,
    measure: null,
    reason: 'no_labels',
    labelled: nothing,
    matureTo: 0,
  };
}
