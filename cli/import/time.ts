import type { Row } from './rows.ts';

export type ValueType = 'number' | 'boolean' | 'text';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** Text that stands for "nothing" in files of this field. */
const MISSING = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None', '?']);

/**
 * The type of each text column, from the rows given: number when every value present is one (and none has a leading
 * zero, as codes have), boolean when all are true or false, else text.
 */
export function columnTypes(rows: readonly Row[]): Map<string, ValueType> {
  const types = new Map<string, ValueType>();
  for (const name of new Set(rows.flatMap((row) => Object.keys(row)))) {
    const values = rows.map((row) => String(row[name] ?? '')).filter((value) => !MISSING.has(value));
    types.set(name, typeOf(values));
  }
  return types;
}

function typeOf(values: readonly string[]): ValueType {
  if (values.length === 0) return 'text';
  if (values.every((v) => NUMBER.test(v) && !/^[+-]?0\d/.test(v))) return 'number';
  return values.every((v) => /^(true|false)$/i.test(v)) ? 'boolean' : 'text';
}

/** A text value as its column's type; text that does not fit stays text, so that the server counts it as invalid. */
export function typed(value: unknown, type: ValueType): unknown {
  if (typeof value !== 'string') return value;
  if (MISSING.has(value)) return null;
  if (type === 'number' && NUMBER.test(value)) return Number(value);
  if (type === 'boolean' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return value;
}

/** Times as files write them, in RFC 3339 or epoch milliseconds; a text without a zone is UTC. What cannot be read stays. */
export function timeOf(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const text = String(value).trim();
  // ten digits and fewer are seconds: as milliseconds they would lie in January 1970 to April 1970
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) < 1e11 ? Number(text) * 1000 : Number(text));
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) || /^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text}Z`;
  const ms = Date.parse(zoned.replace(/^(\d{4}-\d\d-\d\d) /, '$1T'));
  return Number.isNaN(ms) ? value : ms;
}
