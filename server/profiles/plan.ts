import type { Grid } from '../../stats/asinh-grid.ts';
import type { LakeParam } from '../store/lake/lake.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { ProfiledColumn } from './columns.ts';

/** What a roll-up of a model writes. */
export interface RollUpPlan {
  readonly model: ModelRow;
  readonly columns: readonly ProfiledColumn[];
  /** Every frozen grid, those of profiles that are made (`_label`, `_residual`) included. */
  readonly grids: ReadonlyMap<string, Grid>;
  /** First bucket in which a column had a value. */
  readonly firstSeen: ReadonlyMap<string, number>;
}

export interface Statement {
  readonly sql: string;
  readonly params: Record<string, LakeParam>;
}

/** A bucket later than any: a column that never had a value did not exist. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** The numbered parameters of rollUpCategorical. */
export function namesAndFirsts(
  names: readonly string[],
  firstSeen: ReadonlyMap<string, number>,
): Record<string, LakeParam> {
  const params: Record<string, LakeParam> = {};
  names.forEach((name, k) => {
    params[`name${k}`] = name;
    params[`first${k}`] = firstSeen.get(name) ?? NEVER;
  });
  return params;
}
