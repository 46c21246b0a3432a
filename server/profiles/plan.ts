import type { Grid } from '../../stats/asinh-grid.ts';
import type { ProfiledColumn } from '../models/columns/profiled-columns.ts';
import type { LakeParam } from '../store/lake/lake.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { Chunk } from './chunks.ts';

/** Statements that run at once, each on one thread: one beside senders, else as many as the engine takes. */
export type Lanes = 1 | 2;

/** What a roll-up of a model writes. */
export interface RollUpPlan {
  readonly model: ModelRow;
  readonly columns: readonly ProfiledColumn[];
  /** Every frozen grid, those of profiles that are made (`_label`, `_residual`) included. */
  readonly grids: ReadonlyMap<string, Grid>;
  /** First bucket in which a column had a value. */
  readonly firstSeen: ReadonlyMap<string, number>;
  /** Whether any prediction of the buckets has a label. */
  readonly labelled: boolean;
}

export interface Statement {
  readonly sql: string;
  readonly params: Record<string, LakeParam>;
  /** The same work in two parts, for when it needs more memory than a statement may use; empty when it has no parts. */
  readonly parts: () => Statement[];
}

/** A bucket later than any: a column that never had a value did not exist. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** Parameters that pick the buckets of a chunk (ascending). */
export function chunkParams(
  { id, bucket_ms }: Pick<ModelRow, 'id' | 'bucket_ms'>,
  { buckets }: Pick<Chunk, 'buckets'>,
) {
  return { model: id, bucket_ms, from: buckets[0]!, to: buckets.at(-1)! + bucket_ms, buckets };
}
