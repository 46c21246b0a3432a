import { type Grid, gridOf } from '../../stats/asinh-grid.ts';
import { identifier } from '../../tables/identifier.ts';
import type { Ctx } from '../context.ts';
import { freezeGrids, readGrids } from '../models/columns/grids.ts';
import { type ProfiledColumn, profiledColumns } from '../models/columns/profiled-columns.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import { groupsOf } from './chunks.ts';
import { labelMode, residualExpressions } from './labels.ts';
import type { Lanes } from './plan.ts';
import { type FirstValues, firstValues, SAMPLE, SAMPLED_ROWS, valueSample } from './queries/grid-sample.ts';
import { labelledRows, predictionRows, valueName } from './queries/sources.ts';
import { ANY_BUCKET, predictionsTable } from './queries/table.ts';

type Stores = Pick<Ctx, 'ledger' | 'lake' | 'clock'>;

/** A sample this large settles a grid at once. */
const ENOUGH = 200;

/**
 * Whether a column's grid may be frozen: at 200 values, or when values keep coming slowly (20 in a minute) or hardly
 * (any, after ten minutes). A grid from few values is coarser or finer than it could be, never wrong.
 */
export function mayFreeze({ n, received }: Pick<FirstValues, 'n' | 'received'>, now: number): boolean {
  const age = now - received;
  return n >= ENOUGH || (n >= 20 && age >= 60_000) || (n > 0 && age >= 600_000);
}

/** Expressions by name, and where they are read from. */
interface Numbers {
  readonly expressions: ReadonlyMap<string, string>;
  readonly rows: (where: string) => string;
}

/**
 * Freezes the grids of numeric columns that have none yet and enough values. Returns the first bucket with a value of
 * each column of `unseen` that has one.
 */
export async function freezeNewGrids(
  ctx: Stores,
  model: ModelRow,
  unseen: readonly ProfiledColumn[],
  lanes: Lanes,
): Promise<Map<string, number>> {
  const columns = await profiledColumns(ctx, model.id);
  const open = columns.filter(({ type, grid }) => type === 'numeric' && grid === null);
  const facts = await first(ctx, model, featureNumbers(model, [...open, ...unseen]), lanes);
  await freezeReady(ctx, model, facts, featureNumbers(model, open), lanes);
  const labels = await labelNumbers(ctx, model, columns);
  await freezeReady(ctx, model, await first(ctx, model, labels, lanes), labels, lanes);
  return new Map(facts.filter(({ n }) => n > 0).map(({ name, bucket }) => [name, bucket]));
}

function featureNumbers(model: ModelRow, columns: readonly ProfiledColumn[]): Numbers {
  const names = [...new Set(columns.map(({ name }) => name))];
  const expressions = new Map(names.map((name, k) => [name, valueName(k)]));
  const table = predictionsTable(model.table_name);
  return { expressions, rows: (where) => predictionRows(table, names.map(identifier), where) };
}

async function labelNumbers(
  ctx: Stores,
  model: ModelRow,
  columns: readonly ProfiledColumn[],
): Promise<Numbers> {
  const prediction = columns.find(({ name }) => name === '_prediction');
  const expressions = new Map<string, string>();
  if (labelMode(model.task, prediction?.type) === 'numeric') {
    expressions.set('_label', 'label_number');
    if (prediction?.type === 'numeric') expressions.set('_residual', residualExpressions().get('_residual')!);
  }
  for (const name of (await readGrids(ctx, model.id)).keys()) expressions.delete(name);
  const table = predictionsTable(model.table_name);
  const used = prediction?.type === 'numeric' ? [identifier('_prediction')] : [];
  return { expressions, rows: (where) => labelledRows(table, used, where) };
}

async function first(
  ctx: Stores,
  model: ModelRow,
  { expressions, rows }: Numbers,
  lanes: Lanes,
): Promise<FirstValues[]> {
  // Before the first roll-up there is nothing to set back: the values count as received just now.
  const withReceived = model.rolled_up_to > 0;
  const facts = await inHalves([...expressions], lanes, (some) =>
    ctx.lake.query<FirstValues>(
      firstValues(
        rows(ANY_BUCKET),
        some.map(([, expression]) => expression),
        withReceived,
      ),
      { model: model.id, bucket_ms: model.bucket_ms, names: some.map(([name]) => name) },
      { background: lanes === 1 },
    ),
  );
  return withReceived ? facts : facts.map((fact) => ({ ...fact, received: ctx.clock() }));
}

/** The columns in two statements: at once where there are lanes for it, else one after the other. */
async function inHalves<T, R>(
  items: readonly T[],
  lanes: Lanes,
  ask: (some: readonly T[]) => Promise<R[]>,
): Promise<R[]> {
  const halves = groupsOf(items, Math.max(8, Math.ceil(items.length / 2)));
  if (lanes === 2) return (await Promise.all(halves.map(ask))).flat();
  const answers: R[] = [];
  for (const half of halves) answers.push(...(await ask(half)));
  return answers;
}

async function freezeReady(
  ctx: Stores,
  model: ModelRow,
  facts: readonly FirstValues[],
  { expressions, rows }: Numbers,
  lanes: Lanes,
): Promise<void> {
  const ready = facts.filter((fact) => expressions.has(fact.name) && mayFreeze(fact, ctx.clock()));
  if (ready.length === 0) return;
  const every = Math.max(1, Math.floor(Math.min(...ready.map(({ n }) => n)) / (5 * SAMPLE)));
  const samples = await inHalves(ready, lanes, (some) =>
    ctx.lake.query<{ name: string; sample: number[] }>(
      valueSample(
        rows(SAMPLED_ROWS),
        some.map(({ name }) => expressions.get(name)!),
      ),
      { model: model.id, bucket_ms: model.bucket_ms, names: some.map(({ name }) => name), every },
      { background: lanes === 1 },
    ),
  );
  const grids = new Map<string, Grid>(
    samples.filter(({ sample }) => sample.length > 0).map(({ name, sample }) => [name, gridOf(sample)]),
  );
  await freezeGrids(ctx, model.id, grids, Math.min(...ready.map(({ received }) => received)));
}
