import { MISSING_WORDS, trimmed } from '../rules/missing.ts';
import { NUMBER } from '../rules/numbers.ts';

/** How a column spells its numbers where that is not the plain way. */
export type NumberSpelling = 'decimal_comma' | 'thousands_comma' | 'marked';

const PLAIN = new RegExp(NUMBER);
const DECIMAL_COMMA = /^[+-]?(\d+|[1-9]\d{0,2}([. \u00a0\u202f']\d{3})+)(,\d+)?$/;
const THOUSANDS_COMMA = /^[+-]?(\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?$/;
/** Currencies before or behind, a percent sign behind, blanks between. */
const MARKS = /^([+-]?)\s*[$€£¥]\s*|\s*[$€£¥%]$/g;
const FEWEST = 3;
/** Share of cells without any digit that may stand among numbers: "-", "?", "k. A.". */
const STRAY = 0.1;
const DIGIT = /\d/;
const MARK_CHARACTERS = '$€£¥%\\t\\n\\f\\r \u00a0\u202f';

/**
 * How the numbers of a column are spelt, from its first values; null: plainly, or they are no numbers. A comma is read as
 * a decimal mark where that fits every value; where both readings fit ("1,234"), as one in files cut by semicolons only. A few
 * cells without a digit are no values of it, whatever they stand for.
 * `numberSpelling(['1.234,5', '7,25'], ';')` → 'decimal_comma'
 */
export function numberSpelling(cells: readonly string[], delimiter: string): NumberSpelling | null {
  const present = cells.map(trimmed).filter((cell) => !MISSING_WORDS.has(cell));
  const digits = present.filter((cell) => DIGIT.test(cell));
  const given = present.length - digits.length <= STRAY * present.length ? digits : present;
  if (given.length < FEWEST || given.every((value) => PLAIN.test(value))) return null;
  const values = given.map((value) => value.replace(MARKS, '$1'));
  const commas = values.some((value) => value.includes(','));
  if (!commas) return values.every((value) => PLAIN.test(value)) ? 'marked' : null;
  const decimal = values.every((value) => DECIMAL_COMMA.test(value));
  const thousands = values.every((value) => THOUSANDS_COMMA.test(value));
  if (decimal && (!thousands || delimiter === ';')) return 'decimal_comma';
  return thousands ? 'thousands_comma' : null;
}

/** What is left out of a cell, and then which comma becomes a point. Characters of a class, for JavaScript and the engine. */
export const LEFT_OUT: Readonly<Record<NumberSpelling, string>> = {
  marked: MARK_CHARACTERS,
  thousands_comma: `${MARK_CHARACTERS},`,
  decimal_comma: `${MARK_CHARACTERS}.'`,
};

const REMOVED = {
  marked: new RegExp(`[${LEFT_OUT.marked}]`, 'g'),
  thousands_comma: new RegExp(`[${LEFT_OUT.thousands_comma}]`, 'g'),
  decimal_comma: new RegExp(`[${LEFT_OUT.decimal_comma}]`, 'g'),
};

/** A cell of a column with its number spelt plainly; one without a digit as it is. `plainSpelling('1.234,5 €', 'decimal_comma')` → '1234.5' */
export function plainSpelling(cell: string, spelling: NumberSpelling): string {
  if (!DIGIT.test(cell)) return cell;
  const bare = cell.replace(REMOVED[spelling], '');
  return spelling === 'decimal_comma' ? bare.replace(',', '.') : bare;
}

const TOLD: Readonly<Record<NumberSpelling, string>> = {
  decimal_comma: 'a comma is read as decimal mark',
  thousands_comma: 'commas are read as thousands separators',
  marked: 'currency and percent signs are left out',
};

/** What was done, for the report's notes. */
export function spellingNote(spelling: NumberSpelling, names: readonly string[]): string {
  const listed = names.slice(0, 5).join(', ');
  return `${TOLD[spelling]} in ${listed}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
}
