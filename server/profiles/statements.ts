import { identifier } from '../../tables/identifier.ts';
import type { ProfiledColumn } from '../models/columns/profiled-columns.ts';
import type { LakeParam } from '../store/lake/lake.ts';
import { type BucketSize, type Chunk, chunksOf, groupsOf } from './chunks.ts';
import { labelStatements } from './label-statements.ts';
import { chunkParams, NEVER, type RollUpPlan, type Statement } from './plan.ts';
import { TOP_CATEGORIES } from './profile.ts';
import { rollUpCategorical } from './queries/roll-up-categorical.ts';
import { rollUpLargeCategorical, rollUpLargeNumeric } from './queries/roll-up-large.ts';
import { collectNumbers, rollUpNumeric } from './queries/roll-up-numeric.ts';
import { rollUpRows } from './queries/roll-up-rows.ts';
import { predictionRows, valueName } from './queries/sources.ts';
import { predictionsTable } from './queries/table.ts';

/** Values that one statement takes on: about 80 MB with what is made of them. Texts weigh more, when they all differ. */
const NUMBERS = 2_500_000;
const TEXTS = 2_000_000;
/** Buckets that one statement takes on. */
const BUCKETS = 10_000;

/** The error's class: its text up to the first ':', at most 128 characters; '' for none. */
const ERROR_CLASS = `if(_error IS NULL OR _error = '', '',
    if(position(_error, ':') > 1, substringUTF8(substring(_error, 1, position(_error, ':') - 1), 1, 128), substringUTF8(_error, 1, 128)))`;

/** A part of the work: some columns of some buckets. */
interface Piece<T> {
  readonly sizes: readonly BucketSize[];
  readonly group: readonly T[];
}

/** The statements that write how many rows the buckets hold. Monitors take a bucket for complete once they ran: they come last. */
export function* rowStatements({ model }: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement> {
  const sql = rollUpRows(predictionsTable(model.table_name));
  for (const chunk of chunksOf(sizes, { rows: Number.POSITIVE_INFINITY, buckets: BUCKETS })) {
    yield { sql, params: chunkParams(model, chunk), parts: () => [] };
  }
}

/** The statements that write the profiles of every column of the buckets, in bounded pieces of buckets and columns; `scale` makes the pieces smaller. */
export function* columnStatements(
  plan: RollUpPlan,
  sizes: readonly BucketSize[],
  scale = 1,
): Generator<Statement> {
  const table = predictionsTable(plan.model.table_name);
  const params = ({ buckets }: Pick<Chunk, 'buckets'>) => chunkParams(plan.model, { buckets });
  const numeric = plan.columns.filter(({ type }) => type === 'numeric');
  yield* inPieces(sizes, numeric, NUMBERS * scale, (buckets, group) => ({
    ...numericStatement(table, plan, group),
    common: params({ buckets }),
    lastResort: () => largeNumeric(table, plan, group[0]!),
  }));
  const categorical = plan.columns.filter(({ type }) => type === 'categorical').map(({ name }) => name);
  yield* inPieces(sizes, ['_error', ...categorical], TEXTS * scale, (buckets, group) => ({
    ...categoricalStatement(table, plan, group),
    common: params({ buckets }),
    lastResort: () => largeCategorical(table, plan, group[0]!),
  }));
  if (!plan.labelled) return;
  for (const labels of labelStatements(table, plan)) {
    yield* inPieces(sizes, [labels], (TEXTS * scale) / 4, (buckets, [statement]) => ({
      ...statement!,
      common: params({ buckets }),
    }));
  }
}

type Draft = Pick<Statement, 'sql' | 'params'>;
type Write<T> = (
  buckets: readonly number[],
  group: readonly T[],
) => Draft & {
  readonly common: Record<string, LakeParam>;
  /** The same for one column of one bucket, slowly but with little memory. */
  readonly lastResort?: () => Draft;
};

/** Every bucket with every column once: few rows of all columns, and of a bucket too large for that a part of its columns. */
function* inPieces<T>(
  sizes: readonly BucketSize[],
  columns: readonly T[],
  values: number,
  write: Write<T>,
): Generator<Statement> {
  const rows = Math.ceil(values / Math.max(1, columns.length));
  const size = new Map(sizes.map(({ bucket, rows: n }) => [bucket, n]));
  for (const chunk of chunksOf(sizes, { rows, buckets: BUCKETS })) {
    const width = Math.max(1, Math.floor(values / Math.max(1, chunk.rows)));
    const own = chunk.buckets.map((bucket) => ({ bucket, rows: size.get(bucket)! }));
    for (const group of groupsOf(columns, width)) yield statementOf({ sizes: own, group }, write);
  }
}

function statementOf<T>(piece: Piece<T>, write: Write<T>): Statement {
  const { sizes, group } = piece;
  const { sql, params, common, lastResort } = write(
    sizes.map(({ bucket }) => bucket),
    group,
  );
  const complete = (draft: Draft, parts: () => Statement[]): Statement => ({
    sql: draft.sql,
    params: { ...common, ...draft.params },
    parts,
  });
  return complete({ sql, params }, () => {
    const parts = halves(piece).map((half) => statementOf(half, write));
    return parts.length > 0 || lastResort === undefined ? parts : [complete(lastResort(), () => [])];
  });
}

/** Fewer columns, and of one column fewer buckets. */
function halves<T>({ sizes, group }: Piece<T>): Piece<T>[] {
  const cut = (length: number) => Math.ceil(length / 2);
  if (group.length > 1) return groupsOf(group, cut(group.length)).map((part) => ({ sizes, group: part }));
  if (sizes.length > 1) return groupsOf(sizes, cut(sizes.length)).map((part) => ({ sizes: part, group }));
  return [];
}

function numericStatement(
  table: string,
  { firstSeen }: RollUpPlan,
  columns: readonly ProfiledColumn[],
): Draft {
  const names = columns.map(({ name }) => name);
  const rows = predictionRows(table, names.map(identifier));
  return {
    sql: rollUpNumeric(
      collectNumbers(
        rows,
        names.map((_, k) => valueName(k)),
      ),
      true,
    ),
    params: {
      names,
      firsts: names.map((name) => firstSeen.get(name) ?? NEVER),
      centers: columns.map(({ grid }) => grid?.center ?? 0),
      scales: columns.map(({ grid }) => grid?.scale ?? 0),
    },
  };
}

function categoricalStatement(table: string, { firstSeen }: RollUpPlan, names: readonly string[]): Draft {
  const columns = names.map((name) => (name === '_error' ? ERROR_CLASS : identifier(name)));
  return {
    sql: rollUpCategorical({
      rows: predictionRows(table, columns),
      values: names.map((_, k) => valueName(k)),
      keep: TOP_CATEGORIES,
      countsMissing: true,
    }),
    params: { names, firsts: names.map((name) => firstSeen.get(name) ?? NEVER) },
  };
}

function largeNumeric(table: string, { firstSeen }: RollUpPlan, { name, grid }: ProfiledColumn): Draft {
  const first = firstSeen.get(name) ?? NEVER;
  return {
    sql: rollUpLargeNumeric(predictionRows(table, [identifier(name)]), valueName(0)),
    params: { name, first, center: grid?.center ?? 0, scale: grid?.scale ?? 0 },
  };
}

function largeCategorical(table: string, { firstSeen }: RollUpPlan, name: string): Draft {
  const rows = predictionRows(table, [name === '_error' ? ERROR_CLASS : identifier(name)]);
  return {
    sql: rollUpLargeCategorical(rows, valueName(0), TOP_CATEGORIES),
    params: { name, first: firstSeen.get(name) ?? NEVER },
  };
}
