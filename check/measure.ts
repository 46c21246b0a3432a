import { type CountedColumn, countColumns } from './count.ts';
import type { Engine } from './engine.ts';
import type { CheckOptions, Progress } from './options.ts';
import { currentPlan, type PlannedColumn, planColumn } from './plan.ts';
import { type ColumnSurvey, survey } from './survey.ts';
import type { SourceColumn, Table } from './table/table.ts';

/** Both tables' columns, counted on the same cells and categories. */
export interface Measured {
  readonly planned: readonly PlannedColumn[];
  readonly reference: ReadonlyMap<string, CountedColumn>;
  readonly current: ReadonlyMap<string, CountedColumn>;
  /** The current table's survey of those columns that do not fit their plan. */
  readonly strange: ReadonlyMap<string, ColumnSurvey>;
}

/**
 * Surveys the reference, decides how each shared column is counted, and counts both tables: the reference's cells and
 * categories are frozen before the current table is looked at.
 */
export async function measure(
  engine: Engine,
  reference: Table,
  current: Table,
  shared: readonly string[],
  options: Pick<CheckOptions, 'columns' | 'time'>,
  progress: Progress,
): Promise<Measured> {
  const [before, after] = [columnsOf(reference), columnsOf(current)];
  progress('surveying the reference', 0.05);
  const surveyed = await survey(
    engine,
    reference,
    shared.map((name) => before.get(name)!),
    'spread',
  );
  const planned = shared.map((name) =>
    planColumn(surveyed.get(name)!, name === options.time ? 'time' : options.columns[name]?.type),
  );
  progress('counting the reference', 0.2);
  const counted = await countReference(engine, reference, planned);
  progress('counting the current table', 0.5);
  const now = await countColumns(
    engine,
    current,
    planned.map(({ plan }) => currentPlan(plan, counted.get(plan.name)!.counts.keys())),
  );
  const odd = planned
    .filter((column) => doesNotFit(column, before.get(column.name)!, after.get(column.name)!, now))
    .map(({ name }) => after.get(name)!);
  const strange =
    odd.length > 0 ? await survey(engine, current, odd, 'first') : new Map<string, ColumnSurvey>();
  return { planned, reference: counted, current: now, strange };
}

/** Counts a table by its own plan; columns of more categories than the survey met are counted again, by the frequent ones. */
export async function countReference(engine: Engine, reference: Table, planned: readonly PlannedColumn[]) {
  const plans = planned.map(({ plan }) => plan);
  const counted = await countColumns(engine, reference, plans);
  const overfull = plans.filter((plan) => !counted.get(plan.name)!.complete);
  if (overfull.length === 0) return counted;
  // More categories than the survey met: the frequent ones become the known ones, and are counted exactly.
  const known = overfull.map((plan) => ({ ...plan, known: [...counted.get(plan.name)!.counts.keys()] }));
  for (const [name, column] of await countColumns(engine, reference, known)) counted.set(name, column);
  return counted;
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
