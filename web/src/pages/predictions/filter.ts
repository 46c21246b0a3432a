/** What the API's search understands: `column:operator:value`. */
export const OPERATORS = [
  { value: 'eq', label: '=' },
  { value: 'ne', label: '≠' },
  { value: 'lt', label: '<' },
  { value: 'lte', label: '≤' },
  { value: 'gt', label: '>' },
  { value: 'gte', label: '≥' },
  { value: 'contains', label: 'contains' },
  { value: 'missing', label: 'is missing' },
  { value: 'invalid', label: 'is invalid' },
] as const;
export type Operator = (typeof OPERATORS)[number]['value'];

/** Operators that stand alone. */
export const ALONE: ReadonlySet<string> = new Set(['missing', 'invalid']);

/** Records with any error text. */
export const WITH_ERROR = '_error:contains:';

/** Fixed columns that may be searched besides the features. */
export const FIXED = [
  '_prediction',
  '_score',
  '_error',
  '_latency_ms',
  '_version',
  '_variant',
  '_id',
  '_trace_id',
];

const FIXED_NAME: Record<string, string> = {
  _prediction: 'prediction',
  _score: 'score',
  _error: 'error',
  _latency_ms: 'latency, ms',
  _version: 'version',
  _variant: 'variant',
  _id: 'id',
  _trace_id: 'trace id',
};

/** `_latency_ms` → `latency, ms`; features keep their own name. */
export function fieldName(column: string): string {
  return FIXED_NAME[column] ?? column;
}

const SHAPE = new RegExp(`^(.+?):(${OPERATORS.map(({ value }) => value).join('|')})(?::(.*))?$`, 's');

/** `conditionText('temp:gt:0.5')` → `temp > 0.5` */
export function conditionText(condition: string): string {
  if (condition === WITH_ERROR) return 'has an error';
  const found = SHAPE.exec(condition);
  if (found === null) return condition;
  const [, column, operator, value] = found;
  const label = OPERATORS.find((one) => one.value === operator)!.label;
  return `${fieldName(column!)} ${label}${ALONE.has(operator!) ? '' : ` ${value === '' || value === undefined ? '(empty)' : value}`}`;
}

/** `condition('temp','gt','0.5')` → `temp:gt:0.5` */
export function condition(column: string, operator: string, value: string): string {
  return ALONE.has(operator) ? `${column}:${operator}` : `${column}:${operator}:${value}`;
}
