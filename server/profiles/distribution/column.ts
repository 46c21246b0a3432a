import { TiltmeterError } from '../../../contract/errors.ts';
import type { Grid } from '../../../stats/asinh-grid.ts';
import type { Ctx } from '../../context.ts';
import { isAttribution } from '../../models/columns/attributions.ts';
import { gridOfProfile, readGrids } from '../../models/columns/grids.ts';
import { isCodes } from '../../models/columns/meaning.ts';
import { FIXED_NUMERIC } from '../../models/columns/profiled-columns.ts';
import { modelColumns } from '../../models/find-model.ts';

export interface ColumnFacts {
  readonly name: string;
  readonly type: 'numeric' | 'categorical' | 'boolean';
  readonly grid: Grid | undefined;
}

const MADE_NUMERIC = new Set<string>([...FIXED_NUMERIC, '_residual', '_absolute_residual']);
const MADE_CATEGORICAL = new Set(['_error', '_confusion', '_all']);

/** Type and grid of a column that has profiles, the special names included. Errors: not_found. */
export async function columnFacts(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
  name: string,
): Promise<ColumnFacts> {
  const grid = gridOfProfile(await readGrids(ctx, model), name);
  const row = (await modelColumns(ctx, model)).find((column) => column.name === name);
  if (row !== undefined && isCodes(row)) return { name, type: 'categorical', grid: undefined };
  if (row !== undefined) return { name, type: row.type, grid };
  if (MADE_NUMERIC.has(name) || name.startsWith('_score|') || isAttribution(name))
    return { name, type: 'numeric', grid };
  if (MADE_CATEGORICAL.has(name)) return { name, type: 'categorical', grid };
  if (name === '_label') return { name, type: grid === undefined ? 'categorical' : 'numeric', grid };
  throw new TiltmeterError('not_found', `${model} has no column ${name}`);
}
