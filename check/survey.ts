import type { Engine } from './engine.ts';
import { literal } from './table/open.ts';
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
  /** Frequent values with their (approximate) counts, most frequent first. */
  readonly top: readonly (readonly [string, number])[];
}

export const QUANTILES = [0.0005, 0.005, 0.05, 0.25, 0.5, 0.75, 0.95, 0.995, 0.9995] as const;
const SURVEY_ROWS = 100_000;
const CHUNK = 200;

/** What pandas takes for missing, and the blank. */
export const MISSING_WORDS = [
  '',
  '#N/A',
  '#NA',
  '-NaN',
  '-nan',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
];
const MISSING_LIST = MISSING_WORDS.map(literal).join(', ');
const BOOLEAN_WORDS = "'true','false','yes','no','t','f','y','n'";
const TIME_SHAPE =
  "'^\\\\d{1,4}[-/.]\\\\d{1,2}[-/.]\\\\d{1,4}([ T]\\\\d{1,2}:\\\\d{2}.*)?$|^\\\\d{1,2} [A-Za-z]{3,9} \\\\d{4}|^[A-Za-z]{3,9} \\\\d{1,2},? \\\\d{4}'";

/** A column's value as text, NULL when missing. */
export function textOf(column: SourceColumn): string {
  const text = column.stored === 'text' ? `trimBoth(${column.sql})` : `toString(${column.sql})`;
  return column.stored === 'text' ? `if(${text} IN (${MISSING_LIST}), NULL, ${text})` : text;
}

/** A column's value as a finite number, NULL when it is none. */
export function numberOf(column: SourceColumn): string {
  if (column.stored === 'integer' || column.stored === 'number') return `toFloat64(${column.sql})`;
  if (column.stored === 'boolean') return `toFloat64(${column.sql})`;
  return `toFloat64OrNull(trimBoth(${column.sql}))`;
}

/**
 * Surveys about 100,000 rows spread evenly over the table, in one pass for each 200 columns.
 */
export async function survey(engine: Engine, table: Table): Promise<ColumnSurvey[]> {
  const every = Math.max(1, Math.floor(table.roughRows / SURVEY_ROWS));
  const result: ColumnSurvey[] = [];
  for (let at = 0; at < table.columns.length; at += CHUNK) {
    const columns = table.columns.slice(at, at + CHUNK);
    const needed = columns.map((column) => column.sql).join(', ');
    const from =
      every === 1
        ? table.relation
        : `(SELECT ${needed} FROM ${table.relation} WHERE rowNumberInAllBlocks() % ${every} = 0)`;
    const [row] = await engine.rows<unknown[][]>(
      `SELECT ${columns.map((column) => `tuple(${facts(column).join(', ')})`).join(', ')} FROM ${from} ${table.settings}`,
    );
    columns.forEach((column, i) => {
      result.push(toSurvey(column, (row as unknown[])[i] as unknown[]));
    });
  }
  return result;
}

function facts(column: SourceColumn): string[] {
  const text = textOf(column);
  const number = numberOf(column);
  if (column.stored === 'integer' || column.stored === 'number' || column.stored === 'boolean') {
    const finite = `if(isFinite(${number}), ${number}, NULL)`;
    const top = column.stored === 'number' ? "''" : `approx_top_k(25, 500)(${text})`;
    return [
      'count()',
      `count(${column.sql})`,
      `count(${finite})`,
      `countIf(${number} = floor(${number}))`,
      '0',
      '0',
      '0',
      `uniq(${number})`,
      '0',
      '0',
      '0',
      `quantiles(${QUANTILES.join(', ')})(${finite})`,
      `min(${finite})`,
      `max(${finite})`,
      top,
    ];
  }
  if (column.stored === 'time') {
    return [
      'count()',
      `count(${column.sql})`,
      '0',
      '0',
      '0',
      '0',
      `count(${column.sql})`,
      `uniq(${column.sql})`,
      '0',
      '0',
      '0',
      '[]',
      'NULL',
      'NULL',
      "''",
    ];
  }
  if (column.stored === 'other') {
    return [
      'count()',
      'count()',
      '0',
      '0',
      '0',
      '0',
      '0',
      `uniq(toString(${column.sql}))`,
      '0',
      '0',
      '0',
      '[]',
      'NULL',
      'NULL',
      "''",
    ];
  }
  const finite = `if(isFinite(${number}), ${number}, NULL)`;
  return [
    'count()',
    `count(${text})`,
    `count(${number})`,
    `countIf(match(${text}, '^[+-]?\\\\d{1,15}$'))`,
    `countIf(match(${text}, '^0\\\\d+$'))`,
    `countIf(lower(${text}) IN (${BOOLEAN_WORDS}))`,
    `countIf(match(${text}, ${TIME_SHAPE}))`,
    `uniq(${text})`,
    `avg(lengthUTF8(${text}))`,
    `max(lengthUTF8(${text}))`,
    `avg(1 + countSubstrings(${text}, ' '))`,
    `quantiles(${QUANTILES.join(', ')})(${finite})`,
    `min(${finite})`,
    `max(${finite})`,
    `approx_top_k(25, 500)(substringUTF8(${text}, 1, 200))`,
  ];
}

function toSurvey(column: SourceColumn, fact: unknown[]): ColumnSurvey {
  const number = (i: number) => Number(fact[i] ?? 0);
  const maybe = (i: number) => (fact[i] === null ? null : Number(fact[i]));
  const quantiles = Array.isArray(fact[11]) ? (fact[11] as (number | null)[]).map((q) => Number(q)) : [];
  const n = number(0);
  return {
    name: column.name,
    stored: column.stored,
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
      ? (fact[14] as [string | null, number | string, unknown][])
          .filter(([value]) => value !== null)
          .map(([value, count]) => [value as string, Number(count)] as const)
      : [],
  };
}
