/** A number as programs write it. Patterns are read alike by JavaScript and by the engine (RE2). */
export const NUMBER = String.raw`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$`;

/** A whole number that a double holds exactly, perhaps with zeros behind its point. */
export const WHOLE = String.raw`^[+-]?\d{1,15}(\.0*)?$`;

/** Digits that begin with a zero, as codes do and numbers do not. */
export const LEADING_ZERO = String.raw`^0\d+$`;

const IS_NUMBER = new RegExp(NUMBER);
const IS_INFINITE = /^[+-]?inf(inity)?$/i;

/**
 * The number that a trimmed text stands for; NaN when it stands for none. Infinite where it says so, or is too large to
 * hold. `numberOf('1e3')` → 1000; `numberOf('-inf')` → -Infinity; `numberOf('0x10')` → NaN
 */
export function numberOf(text: string): number {
  if (IS_NUMBER.test(text)) return Number(text);
  if (!IS_INFINITE.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
