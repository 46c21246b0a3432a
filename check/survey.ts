import type { Engine } from './engine.ts';
import { surveySql } from './survey-sql.ts';
import type { SourceColumn, Table } from './table/table.ts';

/** What is known of a column before its type is decided; counts are of the surveyed rows. */
export interface ColumnSurvey {
  readonly name: string;
  readonly stored: SourceColumn['stored'];
  readonly n: number;
  readonly missing: number;
  /** Values that read as a number; as a whole number; with a leading zero; as a boolean word; as a date or time. */
  readonly numbers: number;
  readonly integers: number;
  readonly leadingZeros: number;
  readonly booleans: number;
  readonly times: number;
  readonly distinct: number;
  readonly meanLength: number;
  readonly maxLength: number;
  readonly meanWords: number;
  /** Quantiles of the numbers at QUANTILES; empty without numbers. */
  readonly quantiles: readonly number[];
  readonly min: number | null;
  readonly max: number | null;
  /** Frequent values, most frequent first: all of them when there are at most `FREQUENT`. */
  readonly top: readonly string[];
}

/** Which rows are looked at: about as many as SURVEY_ROWS spread evenly over the table, or the first ones. */
export type SurveyReach = 'spread' | 'first';

const SURVEY_ROWS = 50_000;
const FIRST_ROWS = 20_000;

/**
 * Surveys a table's columns. A table of at most 100,000 rows is looked at whole when spread.
 * @throws unreadable_table when a file turns out to be broken.
 */
export async function survey(
  engine: Engine,
  table: Table,
  columns: readonly SourceColumn[],
  reach: SurveyReach,
): Promise<Map<string, ColumnSurvey>> {
  const every = Math.max(1, Math.floor(table.roughRows / SURVEY_ROWS));
  const rows =
    reach === 'first' ? `LIMIT ${FIRST_ROWS}` : every > 1 ? `WHERE ${table.rowNumber} % ${every} = 0` : '';
  const result = new Map<string, ColumnSurvey>();
  for (let at = 0; at < columns.length; at += table.columnsPerPass) {
    const pass = columns.slice(at, at + table.columnsPerPass);
    const parts = pass.map(surveySql);
    const inner = parts.map((part) => part.inner).join(', ');
    const outer = parts.map((part) => `tuple(${part.facts.join(', ')})`).join(', ');
    const [row] = await engine.rows<unknown[][]>(
      `SELECT ${outer} FROM (SELECT ${inner} FROM ${table.relation} ${rows}) ${table.settings}`,
    );
    pass.forEach((column, i) => {
      result.set(column.name, toSurvey(column, (row as unknown[])[i] as unknown[]));
    });
  }
  return result;
}

function toSurvey({ name, stored }: SourceColumn, fact: unknown[]): ColumnSurvey {
  const number = (i: number) => Number(fact[i] ?? 0);
  const maybe = (i: number) => (fact[i] === null || number(2) === 0 ? null : Number(fact[i]));
  const quantiles = Array.isArray(fact[11]) ? fact[11].map(Number) : [];
  const n = number(0);
  return {
    name,
    stored,
    n,
    missing: n - number(1),
    numbers: number(2),
    integers: number(3),
    leadingZeros: number(4),
    booleans: number(5),
    times: number(6),
    distinct: number(7),
    meanLength: number(8),
    maxLength: number(9),
    meanWords: number(10),
    quantiles: number(2) > 0 ? quantiles : [],
    min: maybe(12),
    max: maybe(13),
    top: Array.isArray(fact[14])
      ? (fact[14] as [string | null, number, number][])
          .map(([value]) => value)
          .filter((value) => value !== null)
      : [],
  };
}
