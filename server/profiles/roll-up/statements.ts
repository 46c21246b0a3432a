import { numericValue } from '../../models/columns/probabilities.ts';
import { type ProfiledColumn, storedAnswer } from '../../models/columns/profiled-columns.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import type { BucketSize } from '../buckets.ts';
import { CLASS_PROBABILITY, SCORED_LABELS, SHOWN, SHOWN_FIRST, TOP_CATEGORIES } from '../profile.ts';
import { ROWS } from './held.ts';
import { inPieces } from './pieces.ts';
import { bySegment, chunkParams, type Draft, NEVER, type RollUpPlan, type Statement } from './plan.ts';
import { categoricalProfiles } from './queries/categorical.ts';
import { classOdds, classOddsColumns } from './queries/class-odds.ts';
import { largeCategoricalProfile, largeNumericProfile } from './queries/large.ts';
import { collectNumbers, numericProfiles, SMALL_BLOCKS } from './queries/numeric.ts';
import { FIRST_ITEMS, shownProfiles } from './queries/shown.ts';
import { predictionRows, valueName } from './queries/sources.ts';
import { insertProfiles, rowProfiles } from './queries/table.ts';
import { type TextColumn, textValue } from './queries/values.ts';

/**
 * Values that one statement takes on: about 45 MB with what is made of them, since 16 MB of numbers are a little less than a power of
 * two: of a few more the engine takes twice as much. Texts weigh more, when they all differ.
 */
const NUMBERS = 2_000_000;
const TEXTS = 2_000_000;
/** So few values are written by one statement for all columns. */
const FEW_VALUES = 1_000_000;

/**
 * The statements that write the profiles of every column of the buckets, in bounded pieces of buckets and columns, in the
 * order in which they are to be run: how many rows there are comes last, since monitors take a bucket for complete then.
 */
export function predictionStatements(plan: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement>[] {
  const segments = plan.splits.length === 0 ? [] : everyColumn(bySegment(plan), repeated(plan, sizes));
  return [...segments, ...everyColumn(plan, sizes)];
}

/** A row is read once for each segment that it belongs to. */
const repeated = ({ splits }: RollUpPlan, sizes: readonly BucketSize[]): BucketSize[] =>
  sizes.map(({ bucket, rows }) => ({ bucket, rows: rows * splits.length }));

function everyColumn(plan: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement>[] {
  const rows = sizes.reduce((sum, size) => sum + size.rows, 0);
  const few = rows * (plan.columns.length + 1) <= FEW_VALUES && plan.held.length === 0;
  if (few && plan.columns.length > 0) return [wholeStatement(plan, sizes)];
  return [columnStatements(plan, sizes), rowStatements(plan, sizes)];
}

/** The statements that write the profiles of some columns of the buckets and nothing else, in bounded pieces. */
export function recountStatements(
  plan: RollUpPlan,
  sizes: readonly BucketSize[],
  columns: readonly ProfiledColumn[],
): Generator<Statement>[] {
  const of = (some: readonly ProfiledColumn[]) => ({
    numeric: some.filter(({ type }) => type === 'numeric'),
    texts: some.filter(({ type }) => type === 'categorical'),
  });
  const all = statementsOf(plan, sizes, of(columns));
  if (plan.splits.length === 0) return [all];
  const by = bySegment(plan);
  const counted = new Set(by.columns.map(({ name }) => name));
  const own = of(columns.filter(({ name }) => counted.has(name)));
  return [statementsOf(by, repeated(plan, sizes), own), all];
}

/** The statements that write how often items of lists were shown. */
export function shownStatements(plan: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement>[] {
  const all = shownOf(plan, sizes);
  return plan.splits.length === 0 ? [all] : [shownOf(bySegment(plan), repeated(plan, sizes)), all];
}

function* shownOf(plan: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement> {
  const sql = insertProfiles(shownProfiles(rowsOf(plan, [FIRST_ITEMS])));
  yield* inPieces(plan, sizes, [SHOWN], NUMBERS / SHOWN_FIRST, () => ({ sql, params: {} }));
}

/** The statements that write how probable each of several classes was said to be. */
export function classOddsStatements(plan: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement>[] {
  const all = classOddsOf(plan, sizes);
  return plan.splits.length === 0 ? [all] : [classOddsOf(bySegment(plan), repeated(plan, sizes)), all];
}

function* classOddsOf(plan: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement> {
  const rows = rowsOf(plan, classOddsColumns(storedAnswer(plan.columns) !== undefined));
  const sql = `${insertProfiles(numericProfiles(classOdds(rows), false))} ${SMALL_BLOCKS}`;
  yield* inPieces(plan, sizes, [CLASS_PROBABILITY], NUMBERS / SCORED_LABELS, () => ({ sql, params: {} }));
}

function* rowStatements(plan: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement> {
  const sql = insertProfiles(rowSelect(plan));
  yield* inPieces(plan, sizes, [ROWS], Number.POSITIVE_INFINITY, () => ({ sql, params: {} }));
}

function columnStatements(plan: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement> {
  const numeric = plan.columns.filter(({ type }) => type === 'numeric');
  return statementsOf(plan, sizes, { numeric, texts: textColumns(plan) });
}

function* statementsOf(
  plan: RollUpPlan,
  sizes: readonly BucketSize[],
  { numeric, texts }: { numeric: readonly ProfiledColumn[]; texts: readonly TextColumn[] },
): Generator<Statement> {
  yield* inPieces(plan, sizes, numeric, NUMBERS, (group) => {
    const { sql, params } = numericSelect(plan, group);
    return {
      sql: `${insertProfiles(sql)} ${SMALL_BLOCKS}`,
      params,
      lastResort: () => largeNumeric(plan, group[0]!),
    };
  });
  yield* inPieces(plan, sizes, texts, TEXTS, (group) => {
    const { sql, params } = categoricalSelect(plan, group);
    return { sql: insertProfiles(sql), params, lastResort: () => largeCategorical(plan, group[0]!) };
  });
}

/** Everything at once; what is too large for that after all is done piece by piece. */
function* wholeStatement(plan: RollUpPlan, sizes: readonly BucketSize[]): Generator<Statement> {
  const numeric = plan.columns.filter(({ type }) => type === 'numeric');
  const numbers = numeric.length === 0 ? [] : [numericSelect(plan, numeric)];
  const selects = [...numbers, categoricalSelect(plan, textColumns(plan))];
  const buckets = sizes.map(({ bucket }) => bucket);
  yield {
    sql: insertProfiles(...selects.map(({ sql }) => sql), rowSelect(plan)),
    params: Object.assign(
      { ...chunkParams(plan.model, { buckets }), versions: [...plan.versions], ...plan.by?.params },
      ...selects.map(({ params }) => params),
    ),
    parts: () => [...columnStatements(plan, sizes), ...rowStatements(plan, sizes)],
    leaf: undefined,
  };
}

/** What is profiled as a category: the class of the error, and the columns of texts and codes. */
export function textColumns({ columns }: Pick<RollUpPlan, 'columns'>): TextColumn[] {
  return [{ name: '_error', codes: false }, ...columns.filter(({ type }) => type === 'categorical')];
}

function rowSelect(plan: RollUpPlan): string {
  return rowProfiles(rowsOf(plan, []));
}

function rowsOf({ model, folded, by }: RollUpPlan, columns: readonly string[]): string {
  return predictionRows(modelTable(model.table_name), columns, { folded, segments: by?.segments });
}

function numericSelect(plan: RollUpPlan, columns: readonly ProfiledColumn[]): Draft {
  const { firstSeen } = plan;
  const names = columns.map(({ name }) => name);
  const rows = rowsOf(plan, names.map(numericValue));
  const values = names.map((_, k) => valueName(k));
  return {
    sql: numericProfiles(collectNumbers(rows, values), true),
    params: {
      n_names: names,
      n_firsts: names.map((name) => firstSeen.get(name) ?? NEVER),
      n_centers: columns.map(({ grid }) => grid?.center ?? 0),
      n_scales: columns.map(({ grid }) => grid?.scale ?? 0),
    },
  };
}

function categoricalSelect(plan: RollUpPlan, columns: readonly TextColumn[]): Draft {
  const { firstSeen } = plan;
  const names = columns.map(({ name }) => name);
  return {
    sql: categoricalProfiles({
      rows: rowsOf(plan, columns.map(textValue)),
      values: names.map((_, k) => valueName(k)),
      keep: TOP_CATEGORIES,
    }),
    params: { c_names: names, c_firsts: names.map((name) => firstSeen.get(name) ?? NEVER) },
  };
}

function largeNumeric(plan: RollUpPlan, { name, grid }: ProfiledColumn): Draft {
  const first = plan.firstSeen.get(name) ?? NEVER;
  const rows = rowsOf(plan, [numericValue(name)]);
  return {
    sql: insertProfiles(largeNumericProfile(rows, valueName(0))),
    params: { name, first, center: grid?.center ?? 0, scale: grid?.scale ?? 0 },
  };
}

function largeCategorical(plan: RollUpPlan, column: TextColumn): Draft {
  const { name } = column;
  const rows = rowsOf(plan, [textValue(column)]);
  return {
    sql: insertProfiles(largeCategoricalProfile(rows, valueName(0), TOP_CATEGORIES)),
    params: { name, first: plan.firstSeen.get(name) ?? NEVER },
  };
}
