import { proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/**
 * Share of rows that repeat an earlier one, in [0, 1), Wilson 95 % interval; a row is given by its key (an id, or the row as
 * text). Without rows `not_enough_data`.
 * @example duplicateShare(['a', 'b', 'a', 'a']).value // 0.5
 */
export function duplicateShare(keys: Iterable<string | number>): Outcome<Estimate> {
  const seen = new Set<string | number>();
  let n = 0;
  for (const key of keys) {
    n++;
    seen.add(key);
  }
  return proportion(n - seen.size, n);
}
