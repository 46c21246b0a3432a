import type { Ctx } from '../context.ts';
import { identifier } from '../store/lake/identifier.ts';
import type { LakeParam } from '../store/lake/lake.ts';
import { type Chunk, groupsOf } from './chunks.ts';
import type { ProfiledColumn } from './columns.ts';
import { labelStatements } from './label-statements.ts';
import { NEVER, namesAndFirsts, type RollUpPlan, type Statement } from './plan.ts';
import { TOP_CATEGORIES } from './profile.ts';
import { type CategoricalColumn, rollUpCategorical } from './queries/roll-up-categorical.ts';
import { collectColumns, rollUpNumeric } from './queries/roll-up-numeric.ts';
import { rollUpRows } from './queries/roll-up-rows.ts';
import { anyLabel, predictionRows } from './queries/sources.ts';
import { predictionsTable } from './queries/table.ts';

/** Values that one statement holds in memory at once. */
const CELLS = 3_000_000;

/** The error's class: its text up to the first ':', at most 128 characters; '' for none. */
const ERROR_CLASS = `if(_error IS NULL OR _error = '', '',
    if(position(_error, ':') > 1, substringUTF8(substring(_error, 1, position(_error, ':') - 1), 1, 128), substringUTF8(_error, 1, 128)))`;

/** The statements that write every profile of a chunk of buckets. `params` are the chunk's own. */
export async function rollUpStatements(
  ctx: Pick<Ctx, 'lake'>,
  plan: RollUpPlan,
  chunk: Chunk,
  params: Record<string, LakeParam>,
): Promise<Statement[]> {
  const table = predictionsTable(plan.model.table_name);
  const width = Math.max(1, Math.floor(CELLS / Math.max(1, chunk.rows)));
  const numeric = plan.columns.filter(({ type }) => type === 'numeric');
  const categorical = plan.columns.filter(({ type }) => type === 'categorical');
  const labelled = await ctx.lake.query(anyLabel(table), params);
  return [
    { sql: rollUpRows(table), params: {} },
    ...groupsOf(numeric, width).map((columns) => numericStatement(table, columns, plan.firstSeen)),
    ...groupsOf(['_error', ...categorical.map(({ name }) => name)], width).map((names) =>
      categoricalStatement(table, names, plan.firstSeen),
    ),
    ...(labelled.length > 0 ? labelStatements(table, plan) : []),
  ];
}

function numericStatement(
  table: string,
  columns: readonly ProfiledColumn[],
  firstSeen: ReadonlyMap<string, number>,
): Statement {
  const names = columns.map(({ name }) => name);
  const values = names.map(identifier);
  return {
    sql: rollUpNumeric(collectColumns({ rows: predictionRows(table, values), values, countsMissing: true })),
    params: {
      names,
      centers: columns.map(({ grid }) => grid?.center ?? 0),
      scales: columns.map(({ grid }) => grid?.scale ?? 0),
      firsts: names.map((name) => firstSeen.get(name) ?? NEVER),
    },
  };
}

function categoricalStatement(
  table: string,
  names: readonly string[],
  firstSeen: ReadonlyMap<string, number>,
): Statement {
  const columns = names.map((name, k): CategoricalColumn => {
    const error = name === '_error';
    return {
      k,
      rows: predictionRows(table, [error ? '_error' : identifier(name)]),
      value: error ? ERROR_CLASS : identifier(name),
      keep: TOP_CATEGORIES,
      countsMissing: true,
    };
  });
  return { sql: rollUpCategorical(columns), params: namesAndFirsts(names, firstSeen) };
}
