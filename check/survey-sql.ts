import { literal } from '../tables/engine/sql.ts';
import { BOOLEAN_WORDS } from '../tables/rules/booleans.ts';
import { LEADING_ZERO, WHOLE } from '../tables/rules/numbers.ts';
import { TIME_SHAPE } from '../tables/rules/times.ts';
import type { SourceColumn } from './table/table.ts';
import { numberOf, textOf } from './value-sql.ts';

/** 0.05 % … 99.95 %: what an axis needs to know of a column. */
export const QUANTILES = [0.0005, 0.005, 0.05, 0.25, 0.5, 0.75, 0.95, 0.995, 0.9995] as const;

/** Categories that are counted by name at most; beyond, only the frequent ones are. */
export const FREQUENT = 1000;

/** How many categories a table of so many rows can have, within FREQUENT. Lists need room for them in each column. */
export function frequentIn(roughRows: number): number {
  return Math.min(FREQUENT, Math.ceil(1.5 * roughRows) + 50);
}

/** Texts longer than this are told apart by their beginning. */
export const LONGEST_CATEGORY = 200;

const BOOLEAN_LIST = BOOLEAN_WORDS.map(literal).join(', ');

/** SQL of one column's survey: `inner` reads it, each expression once; `facts` aggregate that, in the order in which `survey` reads them. */
export interface SurveySql {
  readonly inner: string;
  readonly facts: readonly string[];
}

/**
 * @param i makes the names of the inner columns unique.
 * @param frequent how many values are listed at most.
 */
export function surveySql(column: SourceColumn, i: number | '', frequent: number): SurveySql {
  switch (column.stored) {
    case 'text':
      return textSurvey(column, `t${i}`, `v${i}`, frequent);
    case 'time':
      return untyped(`${column.sql} AS t${i}`, `count(t${i})`, `count(t${i})`, `uniq(t${i})`);
    case 'other':
      return untyped(`toString(${column.sql}) AS t${i}`, `count(t${i})`, '0', `uniq(t${i})`);
    default:
      return numberSurvey(column, `t${i}`, `v${i}`);
  }
}

function untyped(inner: string, given: string, times: string, distinct: string): SurveySql {
  return {
    inner,
    facts: [
      'count()',
      given,
      '0',
      '0',
      '0',
      '0',
      times,
      distinct,
      '0',
      '0',
      '0',
      '[]',
      'NULL',
      'NULL',
      '[]',
      '0',
    ],
  };
}

function numberSurvey(column: SourceColumn, value: string, number: string): SurveySql {
  const float = column.stored === 'number';
  return {
    inner: `${column.sql} AS ${value}, ${numberOf(column)} AS ${number}`,
    facts: [
      'count()',
      float ? `countIf(NOT isNaN(${number}))` : `count(${value})`,
      `countIf(isFinite(${number}))`,
      float ? `countIf(isFinite(${number}) AND ${number} = floor(${number}))` : `count(${value})`,
      '0',
      '0',
      '0',
      float ? `uniqIf(${value}, NOT isNaN(${number}))` : `uniq(${value})`,
      '0',
      '0',
      '0',
      ...numberFacts(number),
      '[]',
      float ? `countIf(isInfinite(${number}))` : '0',
    ],
  };
}

function textSurvey(column: SourceColumn, text: string, number: string, frequent: number): SurveySql {
  return {
    inner: `${textOf(column)} AS ${text}, ${numberOf(column)} AS ${number}`,
    facts: [
      'count()',
      `count(${text})`,
      `countIf(isFinite(${number}))`,
      `countIf(match(${text}, ${literal(WHOLE)}))`,
      `countIf(match(${text}, ${literal(LEADING_ZERO)}))`,
      `countIf(lower(${text}) IN (${BOOLEAN_LIST}))`,
      `countIf(match(${text}, ${literal(TIME_SHAPE)}))`,
      `uniq(${text})`,
      `avg(lengthUTF8(${text}))`,
      `max(lengthUTF8(${text}))`,
      `avg(1 + countSubstrings(${text}, ' '))`,
      ...numberFacts(number),
      `approx_top_k(${frequent}, ${2 * frequent})(substringUTF8(${text}, 1, ${LONGEST_CATEGORY}))`,
      `countIf(isInfinite(${number}))`,
    ],
  };
}

/** Quantiles, least, greatest of the finite numbers. */
function numberFacts(number: string): string[] {
  const finite = `isFinite(${number})`;
  return [
    `quantilesExactIf(${QUANTILES.join(', ')})(${number}, ${finite})`,
    `minIf(${number}, ${finite})`,
    `maxIf(${number}, ${finite})`,
  ];
}
