import type { Grid } from '../../../stats/asinh-grid.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import type { LakeParam } from '../../store/lake/lake.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import type { Chunk } from '../buckets.ts';
import { segmentColumns } from '../segments/segment-columns.ts';
import { SEGMENT_VERSIONS, type Split } from '../segments/split.ts';
import { labelledSegments, segmentParams, segmentsOf, tagParams } from '../segments/split-sql.ts';
import type { Leaf } from './held.ts';

/** Statements that run at once, each on one thread. */
export type Lanes = 1 | 2;

/** What a roll-up writes of some buckets. */
export interface RollUpPlan {
  readonly model: ModelRow;
  readonly columns: readonly ProfiledColumn[];
  /** Every frozen grid, those of profiles that are made (`_label`, `_residual`) included. */
  readonly grids: ReadonlyMap<string, Grid>;
  /** First bucket in which a column had a value. */
  readonly firstSeen: ReadonlyMap<string, number>;
  /** Versions with profiles of their own; whether there are others, which share one. */
  readonly versions: readonly string[];
  readonly folded: boolean;
  /** How predictions are split, as far as that is settled. */
  readonly splits: readonly Split[];
  /** What is counted: the rows of each segment, or, when absent, all rows as one. */
  readonly by?: { readonly segments: string; readonly params: Record<string, LakeParam> };
  /** Pieces that are left out, since they failed a short while ago. */
  readonly held: readonly Leaf[];
}

export interface Draft {
  readonly sql: string;
  readonly params: Record<string, LakeParam>;
}

export interface Statement extends Draft {
  /** The same work in two parts, for when it needs more memory than a statement may use; empty when it has no parts. */
  readonly parts: () => Statement[];
  /** What it writes, when it cannot be parted any more. */
  readonly leaf: Leaf | undefined;
}

/** The same plan for the rows of each segment, in which fewer versions are told apart and fewer columns counted. */
export function bySegment(plan: RollUpPlan): RollUpPlan {
  const params = { ...segmentParams(plan.splits), ...tagParams(plan.splits) };
  return {
    ...plan,
    folded: plan.folded || plan.versions.length > SEGMENT_VERSIONS,
    versions: segmentVersions(plan),
    columns: segmentColumns(plan.columns, plan.model.importance),
    by: { segments: segmentsOf(plan.splits), params },
  };
}

/** The same, by what was put beside predictions when they were split. */
export function besideSegments(plan: RollUpPlan): RollUpPlan {
  const by = { segments: labelledSegments(plan.splits), params: segmentParams(plan.splits) };
  return { ...bySegment(plan), by };
}

/** Versions with profiles of their own in each segment: the newest known. */
export function segmentVersions({ versions }: Pick<RollUpPlan, 'versions'>): readonly string[] {
  return versions.slice(0, SEGMENT_VERSIONS);
}

/** A bucket later than any: a column that never had a value did not exist. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** Parameters that pick the buckets of a chunk (ascending). */
export function chunkParams(
  { id, bucket_ms }: Pick<ModelRow, 'id' | 'bucket_ms'>,
  { buckets }: Pick<Chunk, 'buckets'>,
) {
  return {
    model: id,
    bucket_ms,
    from: buckets[0] ?? 0,
    to: (buckets.at(-1) ?? 0) + bucket_ms,
    buckets: [...buckets],
  };
}
