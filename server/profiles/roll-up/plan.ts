import type { Grid } from '../../../stats/asinh-grid.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import type { LakeParam } from '../../store/lake/lake.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import type { Chunk } from '../buckets.ts';
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
