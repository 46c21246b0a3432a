import { identifier } from '../store/lake/identifier.ts';
import { type BucketSize, type Chunk, chunksOf, groupsOf } from './chunks.ts';
import type { ProfiledColumn } from './columns.ts';
import { labelStatements } from './label-statements.ts';
import { chunkParams, NEVER, namesAndFirsts, type RollUpPlan, type Statement } from './plan.ts';
import { TOP_CATEGORIES } from './profile.ts';
import { type CategoricalColumn, rollUpCategorical } from './queries/roll-up-categorical.ts';
import { collectColumns, rollUpNumeric } from './queries/roll-up-numeric.ts';
import { rollUpRows } from './queries/roll-up-rows.ts';
import { predictionRows, valueName } from './queries/sources.ts';
import { predictionsTable } from './queries/table.ts';

/** Values that one statement holds in memory at once: about 100 MB with what is made of them. */
const CELLS = 3_000_000;
/** Buckets that one statement takes on. */
const BUCKETS = 2000;

/** The error's class: its text up to the first ':', at most 128 characters; '' for none. */
const ERROR_CLASS = `if(_error IS NULL OR _error = '', '',
    if(position(_error, ':') > 1, substringUTF8(substring(_error, 1, position(_error, ':') - 1), 1, 128), substringUTF8(_error, 1, 128)))`;

/** The statements that write every profile of the buckets, in bounded pieces of buckets and columns. */
export function* rollUpStatements(plan: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement> {
  const table = predictionsTable(plan.model.table_name);
  for (const chunk of chunksOf(sizes, { rows: Number.POSITIVE_INFINITY, buckets: BUCKETS })) {
    yield { sql: rollUpRows(table), params: chunkParams(plan.model, chunk) };
  }
  const numeric = plan.columns.filter(({ type }) => type === 'numeric');
  for (const { chunk, group } of pieces(sizes, numeric)) yield numericStatement(table, plan, chunk, group);
  const categorical = plan.columns.filter(({ type }) => type === 'categorical').map(({ name }) => name);
  for (const { chunk, group } of pieces(sizes, ['_error', ...categorical])) {
    yield categoricalStatement(table, plan, chunk, group);
  }
  if (!plan.labelled) return;
  for (const { chunk } of pieces(sizes, [0, 1, 2])) yield* labelStatements(table, plan, chunk);
}

/** Every bucket with every column once: few rows of all columns, and of a bucket too large for that a part of its columns. */
function* pieces<T>(
  sizes: readonly BucketSize[],
  columns: readonly T[],
): Generator<{ chunk: Chunk; group: T[] }> {
  const rows = Math.ceil(CELLS / Math.max(1, columns.length));
  for (const chunk of chunksOf(sizes, { rows, buckets: BUCKETS })) {
    const width = Math.max(1, Math.floor(CELLS / Math.max(1, chunk.rows)));
    for (const group of groupsOf(columns, width)) yield { chunk, group };
  }
}

function numericStatement(
  table: string,
  { model, firstSeen }: RollUpPlan,
  chunk: Chunk,
  columns: readonly ProfiledColumn[],
): Statement {
  const names = columns.map(({ name }) => name);
  const values = names.map((_, k) => valueName(k));
  return {
    sql: rollUpNumeric(
      collectColumns({ rows: predictionRows(table, names.map(identifier)), values, countsMissing: true }),
    ),
    params: {
      ...chunkParams(model, chunk),
      names,
      centers: columns.map(({ grid }) => grid?.center ?? 0),
      scales: columns.map(({ grid }) => grid?.scale ?? 0),
      firsts: names.map((name) => firstSeen.get(name) ?? NEVER),
    },
  };
}

function categoricalStatement(
  table: string,
  { model, firstSeen }: RollUpPlan,
  chunk: Chunk,
  names: readonly string[],
): Statement {
  const columns = names.map((name, k): CategoricalColumn => {
    const error = name === '_error';
    return {
      k,
      rows: predictionRows(table, [error ? ERROR_CLASS : identifier(name)]),
      value: valueName(0),
      keep: TOP_CATEGORIES,
      countsMissing: true,
    };
  });
  return {
    sql: rollUpCategorical(columns),
    params: { ...chunkParams(model, chunk), ...namesAndFirsts(names, firstSeen) },
  };
}
