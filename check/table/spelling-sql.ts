import { LEFT_OUT, type NumberSpelling } from '../../tables/text/number-spelling.ts';
import { literal } from '../sql.ts';

/** SQL of a text column with its numbers spelt plainly. */
export function plainSpellingSql(raw: string, spelling: NumberSpelling): string {
  const bare = `replaceRegexpAll(${raw}, ${literal(`[${LEFT_OUT[spelling]}]`)}, '')`;
  return spelling === 'decimal_comma' ? `replaceOne(${bare}, ',', '.')` : bare;
}
