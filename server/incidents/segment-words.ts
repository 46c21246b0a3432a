import { segmentParts } from '../../contract/segment-key.ts';
import { VARIANT } from '../profiles/segments/split.ts';

/**
 * A segment as it may be said in what goes out with messages: the values of columns that are marked safe, and bands of numbers, which are
 * no values; of others only that it is one of them. `segmentWords('country=FR', new Set(['country']))` → 'country = FR';
 * `segmentWords('country=FR', new Set())` → 'one country'
 */
export function segmentWords(key: string, said: ReadonlySet<string>): string {
  if (key === '') return '';
  return segmentParts(key)
    .map(({ column, value }) => {
      if (value === null) return `other ${column}`;
      if (value === '') return `no ${column}`;
      if (column !== VARIANT && !said.has(column)) return `one ${column}`;
      return /^[<≥] /.test(value) ? `${column} ${value}` : `${column} = ${value}`;
    })
    .join(', ');
}

/** `forSegment('ROC AUC fell', 'country = FR')` → 'ROC AUC fell for country = FR' */
export const forSegment = (phrase: string, segment: string) =>
  segment === '' ? phrase : `${phrase} for ${segment}`;
