import { own } from '../../own.ts';
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

/** Records whose prediction was right, or wrong, or whose label is not known yet. */
export const RIGHT = '_correct:eq:true';
export const WRONG = '_correct:eq:false';
export const UNLABELLED = '_label:missing';

/** How a tag is named: `_tags.region`. */
export const TAG = '_tags.';

/** Fixed columns that may be searched besides the features. */
export const FIXED = [
  '_prediction',
  '_label',
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
  _label: 'label',
  _absolute_error: 'absolute error',
  _score: 'score',
  _error: 'error',
  _latency_ms: 'latency, ms',
  _version: 'version',
  _variant: 'variant',
  _id: 'id',
  _trace_id: 'trace id',
};

/** `_latency_ms` → `latency, ms`, `_tags.sex` → `tag sex`; features keep their own name. */
export function fieldName(column: string): string {
  if (column.startsWith(TAG)) return `tag ${column.slice(TAG.length)}`;
  return own(FIXED_NAME, column) ?? column;
}

const WORDS = new Map([
  [WITH_ERROR, 'has an error'],
  [RIGHT, 'prediction is right'],
  [WRONG, 'prediction is wrong'],
  [UNLABELLED, 'has no label'],
]);

const SHAPE = new RegExp(`^(.+?):(${OPERATORS.map(({ value }) => value).join('|')})(?::(.*))?$`, 's');

/** `conditionText('temp:gt:0.5')` → `temp > 0.5` */
export function conditionText(condition: string): string {
  const words = WORDS.get(condition);
  if (words !== undefined) return words;
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

/** Names of the tags of some records, in order. */
export function tagNames(records: readonly { readonly tags: Readonly<Record<string, string>> }[]): string[] {
  return [...new Set(records.flatMap(({ tags }) => Object.keys(tags)))].sort();
}

/** Whether predictions of a task are right or wrong; numbers are off by an amount instead. */
export function hasRightAndWrong(task: string, numeric: boolean): boolean {
  if (task === 'regression' || task === 'ranking') return false;
  return task === 'binary' || task === 'multiclass' || !numeric;
}

/** Fixed columns that tell a person. */
const PERSONAL: readonly string[] = ['_id', '_trace_id', '_request_id'];

/** Whether a search names somebody: only by values of features, tags and ids. `isSubject(['customer:eq:4711'])` → true */
export function isSubject(where: readonly string[] | undefined): where is readonly string[] {
  return (
    (where ?? []).some(Boolean) &&
    where!.every((text) => {
      const [, column = '', operator, value = ''] = SHAPE.exec(text) ?? [];
      const named = !column.startsWith('_') || column.startsWith(TAG) || PERSONAL.includes(column);
      return named && operator === 'eq' && value !== '';
    })
  );
}
