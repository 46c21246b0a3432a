import { floatLiteral } from '../tables/engine/sql.ts';
import type { SourceColumn, Table } from './table/table.ts';
import { trimmedSql } from './value-sql.ts';

/** Tables of at most this many rows are read in long form. */
const LONG_ROWS = 5000;

/** Columns in one statement: what is counted of each must fit into memory at once. */
const LONG_COLUMNS = 2500;

/**
 * Whether a table is read in long form: a row for each value, grouped by column. A statement then has the same size
 * whatever the number of columns, which is what counts while there are few rows (a statement of a thousand columns takes
 * a minute to plan); with many rows, reading column by column is faster.
 */
export function isShort(table: Table): boolean {
  return table.roughRows <= LONG_ROWS;
}

/** Columns that can be read as one, with the place of each in the list they came from. */
export interface AlikeColumns {
  /** Stands for each of them in long form: its value is `s`. */
  readonly column: SourceColumn;
  readonly places: readonly number[];
}

/** The columns sorted by how they are stored and by `kind`, as only columns of one type fit into one. */
export function alike(columns: readonly SourceColumn[], kind: (place: number) => string): AlikeColumns[] {
  const groups = new Map<string, number[]>();
  columns.forEach((column, place) => {
    const key = `${column.stored} ${column.trimmed} ${kind(place)}`;
    const group = groups.get(key);
    if (group) group.push(place);
    else groups.set(key, [place]);
  });
  return [...groups.values()].flatMap(parts).map((places) => ({
    places,
    column: {
      name: '',
      raw: 's',
      sql: columns[places[0]!]!.trimmed ? trimmedSql('s') : 's',
      trimmed: columns[places[0]!]!.trimmed,
      stored: columns[places[0]!]!.stored,
    },
  }));
}

function parts(places: readonly number[]): number[][] {
  const count = Math.ceil(places.length / LONG_COLUMNS);
  return Array.from({ length: count }, (_, part) =>
    places.slice(part * LONG_COLUMNS, (part + 1) * LONG_COLUMNS),
  );
}

/**
 * The values of some columns as rows (i, s, …): i is the place in `columns`, s the value, further names are of `more`,
 * lists of numbers with one for each column.
 */
export function longRelation(
  table: Table,
  columns: readonly SourceColumn[],
  rows: string,
  more: Readonly<Record<string, readonly number[]>> = {},
): string {
  const values = columns.map(valueSql).join(', ');
  const lists = [
    `range(${columns.length})`,
    `[${values}]`,
    ...Object.values(more).map((list) => `[${list.map(floatLiteral).join(', ')}]`),
  ];
  const names = ['i', 's', ...Object.keys(more)].map((name, at) => `p.${at + 1} AS ${name}`);
  return `(SELECT ${names.join(', ')} FROM (SELECT arrayJoin(arrayZip(${lists.join(', ')})) AS p FROM ${table.relation} ${rows}))`;
}

/** One type for each way of storing, so that columns fit into one list. */
function valueSql({ raw, sql, stored, trimmed }: SourceColumn): string {
  // Plain names: a function for each of thousands of columns would cost more than reading them.
  if (trimmed) return raw;
  if (stored === 'text') return `CAST(${sql} AS Nullable(String))`;
  if (stored === 'time' || stored === 'other') return `CAST(toString(${sql}) AS Nullable(String))`;
  // As whole numbers: doubles would take snowflake ids that lie close together for one.
  if (stored === 'integer') return `CAST(${sql} AS Nullable(Int128))`;
  return `CAST(${sql} AS Nullable(Float64))`;
}
