import type { Engine } from '../tables/engine/engine.ts';
import { reading } from '../tables/engine/reading.ts';
import type { ColumnFacts } from '../tables/rules/facts.ts';
import { surveyHeld } from './held/survey-held.ts';
import { alike, isShort, longRelation } from './long.ts';
import { frequentIn, surveySql } from './survey-sql.ts';
import { inOneThread, keyedSettings } from './table/row-key.ts';
import type { SourceColumn, Table } from './table/table.ts';

/** A column's facts, of the surveyed rows, and what its counting needs to know besides. */
export interface ColumnSurvey extends ColumnFacts {
  /** Quantiles of the numbers at QUANTILES; empty without numbers. */
  readonly quantiles: readonly number[];
  /** Frequent values, most frequent first: all of them when there are at most `FREQUENT`. */
  readonly top: readonly string[];
}

/** Which rows are looked at: at least SURVEY_ROWS, up to twice as many, drawn from the whole table, or the first ones. */
export type SurveyReach = 'spread' | 'first';

const SURVEY_ROWS = 50_000;
const FIRST_ROWS = 20_000;

/**
 * Surveys a table's columns. A table of at most 100,000 rows, or one that is held, is looked at whole when spread.
 * @throws unreadable_table when a file turns out to be broken.
 */
export async function survey(
  engine: Engine,
  table: Table,
  columns: readonly SourceColumn[],
  reach: SurveyReach,
): Promise<Map<string, ColumnSurvey>> {
  if (table.held) return surveyHeld(table.held, columns);
  const rows = rowsSql(table, reach);
  const settings = reach === 'first' ? inOneThread(table.settings) : keyedSettings(table);
  const result = new Map<string, ColumnSurvey>();
  const found = isShort(table)
    ? await factsInLongForm(engine, table, columns, rows, settings)
    : await factsByColumn(engine, table, columns, rows, settings);
  columns.forEach((column, place) => {
    result.set(column.name, toSurvey(column, found[place]!));
  });
  return result;
}

function rowsSql(table: Table, reach: SurveyReach): string {
  if (reach === 'first') return `LIMIT ${FIRST_ROWS}`;
  const every = Math.max(1, Math.floor(table.roughRows / SURVEY_ROWS));
  return every > 1 ? `WHERE ${table.rowKey} % ${every} = 0` : '';
}

async function factsByColumn(
  engine: Engine,
  table: Table,
  columns: readonly SourceColumn[],
  rows: string,
  settings: string,
) {
  const found: unknown[][] = [];
  const frequent = frequentIn(table.roughRows);
  for (let at = 0; at < columns.length; at += table.columnsPerPass) {
    const parts = columns
      .slice(at, at + table.columnsPerPass)
      .map((column, i) => surveySql(column, i, frequent));
    const inner = parts.map((part) => part.inner).join(', ');
    const outer = parts.map((part) => `tuple(${part.facts.join(', ')})`).join(', ');
    const sql = `SELECT ${outer} FROM (SELECT ${inner} FROM ${table.relation} ${rows}) ${settings}`;
    const [row] = await reading(table, () => engine.rows<unknown[][]>(sql));
    found.push(...row!);
  }
  return found;
}

async function factsInLongForm(
  engine: Engine,
  table: Table,
  columns: readonly SourceColumn[],
  rows: string,
  settings: string,
) {
  const found: unknown[][] = [];
  for (const { column, places } of alike(columns, () => '')) {
    const { inner, facts } = surveySql(column, '', frequentIn(table.roughRows));
    const long = longRelation(
      table,
      places.map((place) => columns[place]!),
      rows,
    );
    const sql = `SELECT ${facts.join(', ')} FROM (SELECT i, ${inner} FROM ${long}) GROUP BY i ORDER BY i ${settings}`;
    const result = await reading(table, () => engine.rows<unknown[]>(sql));
    places.forEach((place, i) => {
      found[place] = result[i] ?? [];
    });
  }
  return found;
}

function toSurvey({ name, stored, trimmed }: SourceColumn, fact: unknown[]): ColumnSurvey {
  const number = (i: number) => Number(fact[i] ?? 0);
  const maybe = (i: number) => (fact[i] === null || number(2) === 0 ? null : Number(fact[i]));
  const quantiles = Array.isArray(fact[11]) ? fact[11].map(Number) : [];
  const n = number(0);
  return {
    name,
    stored,
    typed: !trimmed,
    n,
    missing: n - number(1),
    numbers: number(2),
    integers: number(3),
    infinite: number(15),
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
