import { proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/** How much of a column is one value. */
export interface Constancy extends Estimate {
  /** The most frequent value; the first of equals. */
  readonly mode: string | number;
}

/**
 * Share of the most frequent value among the present ones, in (0, 1], Wilson 95 % interval; 1 = constant. Without values `not_enough_data`.
 * @param counts How often each value occurs (categories, or numbers as they are).
 * @example constancy(new Map([['EU', 98], ['US', 2]])) // { value: 0.98, low: …, high: …, mode: 'EU' }
 */
export function constancy(counts: ReadonlyMap<string | number, number>): Outcome<Constancy> {
  let mode: string | number = '';
  let most = 0;
  let n = 0;
  for (const [value, count] of counts) {
    if (!(count > 0)) continue;
    n += count;
    if (count > most) [mode, most] = [value, count];
  }
  const share = proportion(most, n);
  return 'value' in share ? { ...share, mode } : share;
}
