import type { Engine } from '../tables/engine/engine.ts';
import { type Counted, type CountedColumn, countAndSample, countColumns } from './count.ts';
import type { CheckOptions, Progress } from './options.ts';
import { asSpelt, currentPlan, type PlannedColumn, planColumn } from './plan.ts';
import type { SampleWish } from './rows.ts';
import { type ColumnSurvey, survey } from './survey.ts';
import type { SourceColumn, Table } from './table/table.ts';

/** Both tables' columns, counted on the same cells and categories. */
export interface Measured {
  readonly planned: readonly PlannedColumn[];
  readonly reference: ReadonlyMap<string, CountedColumn>;
  readonly current: ReadonlyMap<string, CountedColumn>;
  /** The current table's survey of those columns that do not fit their plan. */
  readonly strange: ReadonlyMap<string, ColumnSurvey>;
  /** Rows taken along while counting: reference and current. */
  readonly sampled: readonly [Counted['sampled'], Counted['sampled']];
}

/** Surveys the reference and decides how each shared column is counted. */
export async function planColumns(
  engine: Engine,
  reference: Table,
  shared: readonly string[],
  options: Pick<CheckOptions, 'columns' | 'time'>,
  progress: Progress,
): Promise<PlannedColumn[]> {
  const columns = columnsOf(reference);
  progress('surveying the reference', 0.05);
  const surveyed = await survey(
    engine,
    reference,
    shared.map((name) => columns.get(name)!),
    'spread',
  );
  return shared.map((name) =>
    planColumn(surveyed.get(name)!, name === options.time ? 'time' : options.columns[name]?.type),
  );
}

/**
 * Counts both tables: the reference's cells and categories are frozen before the current table is looked at.
 * @param wish the rows to be taken along.
 */
export async function measure(
  engine: Engine,
  reference: Table,
  current: Table,
  planned: readonly PlannedColumn[],
  progress: Progress,
  wish: SampleWish | null = null,
): Promise<Measured> {
  const [before, after] = [columnsOf(reference), columnsOf(current)];
  progress('counting the reference', 0.2);
  const reached = await referenceAndSample(engine, reference, planned, wish);
  const counted = reached.counts;
  progress('counting the current table', 0.5);
  const { counts: now, sampled } = await countAndSample(
    engine,
    current,
    planned.map(({ plan }) => currentPlan(plan, counted.get(plan.name)!)),
    wish,
  );
  const odd = planned
    .filter((column) => doesNotFit(column, before.get(column.name)!, after.get(column.name)!, now))
    .map(({ name }) => after.get(name)!);
  const strange =
    odd.length > 0 ? await survey(engine, current, odd, 'first') : new Map<string, ColumnSurvey>();
  const spelt = (counts: ReadonlyMap<string, CountedColumn>) => {
    const columns = planned.flatMap((column): [string, CountedColumn][] => {
      const found = counts.get(column.name);
      return found === undefined ? [] : [[column.name, asSpelt(column, found)]];
    });
    return new Map(columns);
  };
  return {
    planned,
    reference: spelt(counted),
    current: spelt(now),
    strange,
    sampled: [reached.sampled, sampled],
  };
}

/** Counts a table by its own plan; columns of more categories than the survey met are counted again, by the frequent ones. */
export async function countReference(engine: Engine, reference: Table, planned: readonly PlannedColumn[]) {
  return (await referenceAndSample(engine, reference, planned, null)).counts;
}

async function referenceAndSample(
  engine: Engine,
  reference: Table,
  planned: readonly PlannedColumn[],
  wish: SampleWish | null,
): Promise<Counted> {
  const plans = planned.map(({ plan }) => plan);
  const { counts, sampled } = await countAndSample(engine, reference, plans, wish);
  const overfull = plans.filter((plan) => !counts.get(plan.name)!.complete);
  if (overfull.length === 0) return { counts, sampled };
  // More categories than the survey met: the frequent ones become the known ones, and are counted exactly.
  const known = overfull.map((plan) => ({
    ...plan,
    known: [...counts.get(plan.name)!.counts.keys()],
    crowded: true,
  }));
  for (const [name, column] of await countColumns(engine, reference, known)) counts.set(name, column);
  return { counts, sampled };
}

/** Whether a column may have another type now: its format says so, or half of its values do not fit. */
function doesNotFit(
  { name, type }: PlannedColumn,
  before: SourceColumn,
  after: SourceColumn,
  now: ReadonlyMap<string, CountedColumn>,
): boolean {
  const kind = ({ stored }: SourceColumn) => (stored === 'integer' ? 'number' : stored);
  if (kind(before) !== kind(after)) return true;
  if (before.stored !== 'text') return false;
  if (type === 'time') return true;
  const { n, missing, invalid, other } = now.get(name)!;
  return invalid + other > 0.5 * (n - missing);
}

function columnsOf(table: Table): Map<string, SourceColumn> {
  return new Map(table.columns.map((column) => [column.name, column]));
}
