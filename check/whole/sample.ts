import type { Feature } from '../../stats/trees/feature.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import { features } from '../features.ts';
import type { PlannedColumn } from '../plan.ts';
import { type SampledRows, type SampleWish, sampleRows } from '../rows.ts';
import type { Table } from '../table/table.ts';

/** Values of each side that are looked at: few columns get many rows, many columns few. */
const VALUES = 120_000;
const FEWEST_ROWS = 800;
const MOST_ROWS = 10_000;
const MOST_COLUMNS = 500;
/** Tables of so many rows and values a side are looked at whole; the size of text is an estimate. */
const WHOLE_ROWS = 20_000;
const WHOLE_VALUES = 1_000_000;
const ESTIMATE = 1.3;

type SampledColumns = SampledRows['columns'];

/** Rows of both tables that are compared as a whole. */
export interface WholeRows {
  readonly reference: readonly Feature[];
  readonly current: readonly Feature[];
  /** They are all rows there are. */
  readonly complete: boolean;
}

/** Why a table is not looked at as a whole; no reason: it is. */
export function notMultivariate(rows: readonly [number, number], columns: number): string | null {
  if (Math.min(...rows) < 200) return 'not_enough_data';
  if (columns < 2) return 'fewer_than_two_columns';
  return columns > MOST_COLUMNS ? 'too_many_columns' : null;
}

/** The rows of each table that the comparison wants; null when the columns are too few or too many for it. */
export function wholeWish(
  columns: readonly PlannedColumn[],
  tables: readonly [Table, Table],
): SampleWish | null {
  if (columns.length < 2 || columns.length > MOST_COLUMNS) return null;
  const names = new Set(columns.map(({ name }) => name));
  return { names, most: mostRows(Math.max(...tables.map(({ roughRows }) => roughRows)), columns.length) };
}

/** Rows of each side that are looked at as a whole, at most, where the larger one has about so many of so many columns. */
export function mostRows(rows: number, columns: number): number {
  if (rows <= ESTIMATE * WHOLE_ROWS && rows * columns <= ESTIMATE * WHOLE_VALUES)
    return Math.ceil(ESTIMATE * WHOLE_ROWS);
  return Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(VALUES / columns)));
}

/**
 * The rows of `wholeWish`.
 * @param sampled those that are known already, by table.
 */
export async function wholeRows(
  engine: Engine,
  tables: readonly [Table, Table],
  rows: readonly [number, number],
  columns: readonly PlannedColumn[],
  sampled: readonly [SampledColumns | null, SampledColumns | null],
): Promise<WholeRows> {
  const { most } = wholeWish(columns, tables)!;
  const plans = columns.map(({ plan }) => plan);
  const names = columns.map(({ name }) => name);
  const rowsOf = async (side: 0 | 1) =>
    features(
      sampled[side] ? { columns: sampled[side] } : await sampleRows(engine, tables[side], plans, most),
      names,
    );
  const [reference, current] = [await rowsOf(0), await rowsOf(1)];
  const complete = reference[0]!.values.length === rows[0] && current[0]!.values.length === rows[1];
  return { reference, current, complete };
}
