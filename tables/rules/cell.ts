import { type InferredType, inferType } from './infer.ts';
import { MISSING_WORDS, textOf } from './missing.ts';
import { numberOf } from './numbers.ts';
import type { TextFacts } from './tally.ts';

/** How the values of a column travel in events: what a service sends that has the same column. */
export type Representation = 'number' | 'boolean' | 'text';

/** A value of an event; null is missing. */
export type Value = number | boolean | string | null;

/**
 * What a service would send of a column: numbers of numeric columns, and where 0 and 1, or times, are written as numbers;
 * true and false where the file says so; else text, as of codes, whose zeros count. Null: there is no value to tell by.
 */
export function representationOf(
  facts: TextFacts,
  { type }: InferredType = inferType(facts),
): Representation | null {
  const given = facts.n - facts.missing;
  if (given === 0) return null;
  if (type === 'boolean' && facts.truths === given) return 'boolean';
  if (type === 'numeric') return 'number';
  return (type === 'boolean' || type === 'time') && facts.numbers === given ? 'number' : 'text';
}

/** Whether text is made of digits, so that a service may send its values as numbers: postcodes, ids of few values. */
export function isDigits(facts: TextFacts): boolean {
  return facts.numbers > 0 && facts.numbers === facts.n - facts.missing;
}

/**
 * A cell of a table as its column is represented; null when missing, text when it does not fit.
 * `cellOf(' 1e3', 'number')` → 1000; `cellOf('n/k', 'number')` → 'n/k'; `cellOf('02139', 'text')` → '02139'
 */
export function cellOf(cell: unknown, as: Representation): Value {
  const text = textOf(cell);
  if (text === null || MISSING_WORDS.has(text)) return null;
  if (as === 'number') {
    const number = numberOf(text);
    if (Number.isFinite(number)) return number;
  }
  if (as === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}

/**
 * The same for a column that a model has already with another representation: its numbers and truths are asked for, or the
 * text of what the file means. `cellFor('1.0', 'number', 'text')` → '1'
 */
export function cellFor(cell: unknown, own: Representation, wanted: Representation): Value {
  if (wanted !== 'text' || own === 'text') return cellOf(cell, wanted);
  const value = cellOf(cell, own);
  return value === null ? null : String(value);
}
