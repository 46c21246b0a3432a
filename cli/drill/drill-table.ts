import { basename } from 'node:path';
import { openRows } from '../../tables/open-rows.ts';
import type { Cells } from '../demo/table.ts';
import type { FeatureKinds } from '../demo/training.ts';
import { Misuse } from '../failure.ts';

/** A table that a model is trained on and then asked about. */
export interface DrillTable {
  readonly name: string;
  readonly rows: readonly Cells[];
  readonly features: FeatureKinds;
  readonly task: 'binary' | 'regression';
  /** What is to be predicted, as the table has it. */
  label(row: Cells): number | string;
  /** Of two classes, the rarer one: its probability is the score. */
  readonly positive: string | null;
  readonly negative: string | null;
}

export interface TableWish {
  readonly name?: string;
  readonly file: string;
  readonly label: string;
  /** Columns that are no inputs: row numbers, what the answer is made of. */
  readonly without: readonly string[];
}

/** Whole numbers of at most so many different values are codes. */
const CODES = 8;
/** Rows that are read: enough for every part of a drill. */
const MOST_ROWS = 60_000;

/** Reads a table for a drill. Errors: unreadable_table, and Misuse when the label is no column of it or cannot be learned. */
export async function readDrillTable({ name, file, label, without }: TableWish): Promise<DrillTable> {
  const table = await openRows([file]);
  const rows: Cells[] = [];
  for await (const row of table.rows()) {
    rows.push(Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, text(cell)])));
    if (rows.length >= MOST_ROWS) break;
  }
  table.close();
  return drillTable(name ?? basename(file).replace(/\..*$/, ''), rows, label, without);
}

/** The same of rows that are there. */
export function drillTable(
  name: string,
  all: readonly Cells[],
  label: string,
  without: readonly string[] = [],
): DrillTable {
  const rows = all.filter((row) => known(row[label]));
  if (rows.length < 2000)
    throw new Misuse(
      `${name} has ${rows.length} rows with a ${label}`,
      'A drill needs 2,000. Say which column is the label with --label.',
    );
  const labels = rows.map((row) => row[label]!);
  const counts = [...Map.groupBy(labels, (each) => each)].sort((a, b) => a[1].length - b[1].length);
  const numbers = labels.every((each) => Number.isFinite(Number(each)));
  if (counts.length !== 2 && !numbers)
    throw new Misuse(`${label} has ${counts.length} classes`, 'A drill needs two classes, or numbers.');
  const task = counts.length === 2 ? 'binary' : 'regression';
  const columns = Object.keys(rows[0]!).filter((column) => column !== label && !without.includes(column));
  const features = Object.fromEntries(
    columns.map((column) => [column, kindOf(rows.map((row) => row[column]))]),
  );
  return {
    ...{ name, rows, features, task },
    label: (row) => (task === 'binary' ? row[label]! : Number(row[label])),
    positive: task === 'binary' ? counts[0]![0] : null,
    negative: task === 'binary' ? counts[1]![0] : null,
  };
}

const known = (cell: string | undefined) =>
  cell !== undefined && cell !== '' && cell !== '?' && cell !== 'NA';

function kindOf(cells: readonly (string | undefined)[]): 'numeric' | 'categorical' {
  const values = new Set(cells.filter(known));
  const numbers = [...values].map(Number);
  if (numbers.some((value) => !Number.isFinite(value))) return 'categorical';
  return values.size <= CODES && numbers.every(Number.isInteger) ? 'categorical' : 'numeric';
}

/** What stands for "unknown" in these tables is an empty cell. */
function text(cell: unknown): string {
  const said = cell === null || cell === undefined ? '' : String(cell).trim();
  return known(said) ? said : '';
}
