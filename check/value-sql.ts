import { literal } from '../tables/engine/sql.ts';
import { BLANKS, MISSING_WORDS } from '../tables/rules/missing.ts';
import { LEFT_OUT, type NumberSpelling } from '../tables/text/number-spelling.ts';
import type { SourceColumn } from './table/table.ts';

/** The missing words as a list of SQL literals. */
export const MISSING_LIST = [...MISSING_WORDS].map(literal).join(', ');

/** A text column's value without the blanks around it. */
export function trimmedSql(raw: string): string {
  return `trimBoth(${raw}, ${literal(BLANKS)})`;
}

/** SQL of a text column with its numbers spelt plainly, as `plainSpelling` spells them. */
export function plainSpellingSql(raw: string, spelling: NumberSpelling): string {
  const bare = `replaceRegexpAll(${raw}, ${literal(`[${LEFT_OUT[spelling]}]`)}, '')`;
  const plain = spelling === 'decimal_comma' ? `replaceOne(${bare}, ',', '.')` : bare;
  return `if(match(${raw}, '[0-9]'), ${plain}, ${raw})`;
}

/** A column's value as text, NULL when missing. */
export function textOf(column: SourceColumn): string {
  if (column.stored === 'text') return `if(${column.sql} IN (${MISSING_LIST}), NULL, ${column.sql})`;
  if (column.stored === 'number') return `if(isNaN(${column.sql}), NULL, toString(${column.sql}))`;
  return `toString(${column.sql})`;
}

/** A column's value as a number that is never NULL: NaN when it is missing or no number. */
export function numberOf(column: SourceColumn): string {
  // Not OrDefault, which reads a lone dot or "e5" as 0.
  if (column.stored === 'text') return `ifNull(toFloat64OrNull(${column.sql}), nan)`;
  if (column.stored === 'other') return `ifNull(toFloat64OrNull(toString(${column.sql})), nan)`;
  return `ifNull(toFloat64(${column.sql}), nan)`;
}

/** Whether a value is given, as an SQL condition; NaN counts as missing, as in pandas. */
export function givenOf(column: SourceColumn): string {
  if (column.stored === 'text') return `ifNull(${column.sql} NOT IN (${MISSING_LIST}), 0)`;
  if (column.stored === 'number') return `NOT isNaN(${numberOf(column)})`;
  return `isNotNull(${column.sql})`;
}

/** The length of a text in characters as a number; NaN when missing. */
export function lengthOf(column: SourceColumn): string {
  return `if(${givenOf(column)}, toFloat64(lengthUTF8(assumeNotNull(toString(${column.sql})))), nan)`;
}
