import { TiltmeterError } from '../../../contract/errors.ts';
import { identifier } from '../../../tables/identifier.ts';
import type { ColumnType } from '../../models/columns/schema.ts';
import type { LakeParam } from '../../store/lake/lake.ts';

export const OPERATORS = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'missing', 'invalid', 'contains'] as const;
export type Operator = (typeof OPERATORS)[number];

const SYMBOL = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const SHAPE = new RegExp(`^(.+?):(${OPERATORS.join('|')})(?::(.*))?$`, 's');

export interface Condition {
  readonly column: string;
  readonly operator: Operator;
  readonly value: string;
}

/** `parseCondition('amount:gt:100')` → `{ column: 'amount', operator: 'gt', value: '100' }`. Errors: invalid_request. */
export function parseCondition(text: string): Condition {
  const [, column, operator, value] = SHAPE.exec(text) ?? [];
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

export type SearchColumn = ColumnType | 'text';

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

export interface Fragment {
  readonly sql: string;
  readonly params: Readonly<Record<string, LakeParam>>;
}

/** The condition as SQL with bound values; `key` keeps the names of its parameters apart from others. */
export function conditionSql(
  { column, operator, value }: Condition,
  type: SearchColumn,
  key: string,
): Fragment {
  const name = identifier(column);
  const none = type === 'text' ? `${name} = ''` : `${name} IS NULL`;
  const misfit = { sql: `mapContains(_misfit, {${key}:String})`, params: { [key]: column } };
  switch (operator) {
    case 'invalid':
      return misfit;
    case 'missing':
      return { sql: `(${none} AND NOT ${misfit.sql})`, params: misfit.params };
    case 'contains':
      if (type === 'numeric')
        throw new TiltmeterError('invalid_request', `${column} is numeric: contains is for text`);
      return { sql: `positionCaseInsensitiveUTF8(${name}, {${key}:String}) > 0`, params: { [key]: value } };
    default: {
      const bound = `{${key}:${type === 'numeric' ? 'Float64' : 'String'}}`;
      const params = { [key]: type === 'numeric' ? finite(column, value) : value };
      if (operator === 'eq') return { sql: `${name} = ${bound}`, params };
      if (operator === 'ne') return { sql: `(${name} != ${bound} OR ${none})`, params };
      return { sql: `${name} ${SYMBOL[operator]} ${bound}`, params };
    }
  }
}

function finite(column: string, value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isFinite(number)) return number;
  throw new TiltmeterError(
    'invalid_request',
    `${column} is numeric: ${JSON.stringify(value)} is not a number`,
  );
}
