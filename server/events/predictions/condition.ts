import { TiltmeterError } from '../../../contract/errors.ts';
import type { ColumnType } from '../../models/columns/schema.ts';
import { codeText } from '../../store/lake/code-text.ts';
import { columnName } from '../../store/lake/column-name.ts';
import type { LakeParam } from '../../store/lake/lake.ts';

export const OPERATORS = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'missing', 'invalid', 'contains'] as const;
export type Operator = (typeof OPERATORS)[number];

const SYMBOL = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const OPERATOR = new RegExp(`:(${OPERATORS.join('|')})(?=:|$)`, 'g');

export interface Condition {
  readonly column: string;
  readonly operator: Operator;
  readonly value: string;
}

/**
 * `parseCondition('amount:gt:100')` → `{ column: 'amount', operator: 'gt', value: '100' }`. A column may be called `a:gt`: of several
 * readings the one with the longest column that `isColumn` knows counts, else the first. Errors: invalid_request.
 */
export function parseCondition(text: string, isColumn: (name: string) => boolean = () => false): Condition {
  const readings = [...text.matchAll(OPERATOR)].flatMap(({ index, 0: all, 1: operator }) =>
    index === 0 ? [] : [{ column: text.slice(0, index), operator, rest: text.slice(index + all.length) }],
  );
  const { column, operator, rest } =
    readings.findLast((reading) => isColumn(reading.column)) ?? readings[0] ?? {};
  const value = rest?.startsWith(':') ? rest.slice(1) : undefined;
  if (column === undefined) {
    const message = `where must be column:operator:value; operators are ${OPERATORS.join(', ')}`;
    throw new TiltmeterError('invalid_request', message);
  }
  const needsValue = operator !== 'missing' && operator !== 'invalid';
  if (needsValue && value === undefined) {
    throw new TiltmeterError('invalid_request', `where=${column}:${operator} needs a value`);
  }
  return { column, operator: operator as Operator, value: value ?? '' };
}

/** `codes`: numbers that stand for categories; compared as numbers, and looked into as text. */
export type SearchColumn = ColumnType | 'text' | 'codes';

/** Fixed columns that a search may name; `text` columns hold empty text where there is none. */
export const FIXED_COLUMNS: Readonly<Record<string, SearchColumn>> = {
  _id: 'text',
  _version: 'text',
  _score: 'numeric',
  _latency_ms: 'numeric',
  _error: 'categorical',
  _trace_id: 'text',
  _request_id: 'text',
  _variant: 'text',
};

/** A tag as a search names it: `_tags.region`. */
export const TAG = '_tags.';

export interface Fragment {
  readonly sql: string;
  readonly params: Readonly<Record<string, LakeParam>>;
}

/** What a condition is asked of: an expression, and how it says that there is nothing. */
interface Asked {
  readonly sql: string;
  readonly none: string;
  readonly type: SearchColumn;
  readonly params?: Fragment['params'];
}

/** The condition as SQL with bound values; `key` keeps the names of its parameters apart from others. */
export function conditionSql(condition: Condition, type: SearchColumn, key: string): Fragment {
  const name = columnName(condition.column);
  const none = type === 'text' ? `${name} = ''` : `${name} IS NULL`;
  const misfit = { sql: `mapContains(_misfit, {${key}:String})`, params: { [key]: condition.column } };
  if (condition.operator === 'invalid') return misfit;
  if (condition.operator === 'missing')
    return { sql: `(${none} AND NOT ${misfit.sql})`, params: misfit.params };
  if (type !== 'codes') return compared(condition, { sql: name, none, type }, key);
  return condition.operator === 'contains'
    ? compared(condition, { sql: codeText(name), none, type: 'categorical' }, key)
    : compared(condition, { sql: name, none, type: 'numeric' }, key);
}

/** The condition on one tag: a text, or nothing. */
export function tagSql(condition: Condition, key: string): Fragment {
  const params = { [`${key}t`]: condition.column.slice(TAG.length) };
  const has = `mapContains(_tags, {${key}t:String})`;
  switch (condition.operator) {
    case 'missing':
      return { sql: `NOT ${has}`, params };
    case 'invalid':
      throw new TiltmeterError('invalid_request', `${condition.column} is a tag: a tag is never invalid`);
    default: {
      const asked = { sql: `_tags[{${key}t:String}]`, none: `NOT ${has}`, type: 'text', params } as const;
      const { sql, params: bound } = compared(condition, asked, key);
      // A tag that is not there reads as empty text, which equals nothing.
      return { sql: condition.operator === 'ne' ? sql : `(${has} AND ${sql})`, params: bound };
    }
  }
}

/** A comparison with a value. Errors: invalid_request. */
export function compared({ column, operator, value }: Condition, asked: Asked, key: string): Fragment {
  const { sql, none, type, params = {} } = asked;
  if (operator === 'contains') {
    if (type === 'numeric')
      throw new TiltmeterError('invalid_request', `${column} is numeric: contains is for text`);
    return {
      sql: `positionCaseInsensitiveUTF8(${sql}, {${key}:String}) > 0`,
      params: { ...params, [key]: value },
    };
  }
  const bound = `{${key}:${type === 'numeric' ? 'Float64' : 'String'}}`;
  const all = { ...params, [key]: type === 'numeric' ? finite(column, value) : value };
  if (operator === 'eq') return { sql: `${sql} = ${bound}`, params: all };
  if (operator === 'ne') return { sql: `(${sql} != ${bound} OR ${none})`, params: all };
  return { sql: `${sql} ${SYMBOL[operator as keyof typeof SYMBOL]} ${bound}`, params: all };
}

function finite(column: string, value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isFinite(number)) return number;
  throw new TiltmeterError(
    'invalid_request',
    `${column} is numeric: ${JSON.stringify(value)} is not a number`,
  );
}
