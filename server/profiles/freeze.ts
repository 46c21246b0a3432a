import { type Grid, gridOf } from '../../stats/asinh-grid.ts';
import type { Ctx } from '../context.ts';
import { identifier } from '../store/lake/identifier.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import { type ProfiledColumn, profiledColumns } from './columns.ts';
import { freezeGrids, readGrids } from './grids.ts';
import { labelMode, residualExpressions } from './labels.ts';
import { type GridSample, gridSample, type Sampled } from './queries/grid-sample.ts';
import { labelledRows, predictionRows } from './queries/sources.ts';
import { ANY_BUCKET, predictionsTable } from './queries/table.ts';

/** A sample this large settles a grid at once. */
const ENOUGH = 200;

/**
 * Whether a column's grid may be frozen: at 200 values, or when values keep coming slowly (20 in a minute) or hardly
 * (any, after ten minutes). A grid from few values is coarser or finer than it could be, never wrong.
 */
export function mayFreeze(sample: Pick<GridSample, 'n' | 'received'>, now: number): boolean {
  const age = now - sample.received;
  return sample.n >= ENOUGH || (sample.n >= 20 && age >= 60_000) || (sample.n > 0 && age >= 600_000);
}

/**
 * Freezes the grids of numeric columns that have none yet and enough values. Returns the first bucket with a value of
 * each column looked at, for those that are not in the profiles yet.
 */
export async function freezeNewGrids(
  ctx: Pick<Ctx, 'ledger' | 'lake' | 'clock'>,
  model: ModelRow,
  unseen: readonly ProfiledColumn[],
): Promise<Map<string, number>> {
  const columns = await profiledColumns(ctx, model.id);
  const open = columns.filter(({ type, grid }) => type === 'numeric' && grid === null);
  const wanted = new Map(
    [...open, ...unseen].map(({ name, type }) => [
      name,
      { sql: identifier(name), numeric: type === 'numeric' },
    ]),
  );
  const samples = [
    ...(await sampled(ctx, model, wanted, (table, names) => predictionRows(table, names, ANY_BUCKET))),
    ...(await labelSamples(ctx, model, columns)),
  ].filter(({ n }) => n > 0);
  const openNames = new Set([...open.map(({ name }) => name), '_label', '_residual']);
  const ready = samples.filter((sample) => openNames.has(sample.name) && mayFreeze(sample, ctx.clock()));
  const grids = new Map<string, Grid>(ready.map(({ name, sample }) => [name, gridOf(sample)]));
  await freezeGrids(ctx, model.id, grids, Math.min(...ready.map(({ received }) => received)));
  return new Map(samples.map(({ name, bucket }) => [name, bucket]));
}

async function labelSamples(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  model: ModelRow,
  columns: readonly ProfiledColumn[],
): Promise<GridSample[]> {
  const prediction = columns.find(({ name }) => name === '_prediction');
  if (labelMode(model.task, prediction?.type) !== 'numeric') return [];
  const grids = await readGrids(ctx, model.id);
  const wanted = new Map<string, Sampled>();
  if (!grids.has('_label')) wanted.set('_label', { sql: 'label_number', numeric: true });
  const numeric = prediction?.type === 'numeric';
  if (numeric && !grids.has('_residual')) {
    wanted.set('_residual', { sql: residualExpressions().get('_residual')!, numeric: true });
  }
  const used = numeric ? [identifier('_prediction')] : [];
  return sampled(ctx, model, wanted, (table) => labelledRows(table, used, ANY_BUCKET));
}

async function sampled(
  ctx: Pick<Ctx, 'lake'>,
  model: ModelRow,
  wanted: ReadonlyMap<string, Sampled>,
  rows: (table: string, columns: readonly string[]) => string,
): Promise<GridSample[]> {
  if (wanted.size === 0) return [];
  const values = [...wanted.values()];
  const columns = values.map(({ sql }) => sql);
  return ctx.lake.query<GridSample>(gridSample(rows(predictionsTable(model.table_name), columns), values), {
    model: model.id,
    bucket_ms: model.bucket_ms,
    names: [...wanted.keys()],
  });
}
