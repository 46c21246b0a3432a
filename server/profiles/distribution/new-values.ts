import type { Distribution } from '../../../contract/distribution.ts';
import type { ReferenceBins } from '../../../stats/reference-bins.ts';
import type { Profile } from '../profile.ts';

/** New values that are named. */
const NAMED = 20;

/**
 * The categories of a profile that its reference does not list, the most frequent first. None where the reference has more
 * categories than a profile lists: there a new one cannot be told from a rare one. Pure.
 */
export function newValues(bins: ReferenceBins, current: Profile): Distribution['new_values'] {
  if (bins.kind !== 'categorical' || !bins.complete || bins.known.length === 0) return [];
  const known = new Set(bins.known);
  return [...current.counts]
    .filter(([value, n]) => n > 0 && !known.has(value))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, NAMED)
    .map(([value, n]) => ({ value, n, share: n / current.n }));
}

/** `namedValues([{ value: 'nov', n: 30, share: 0.03 }])` → 'nov 3.0 %' */
export function namedValues(values: Distribution['new_values'], most = 5): string {
  const named = values
    .slice(0, most)
    .map(({ value, share }) => `${value} ${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`);
  const rest = values.length - named.length;
  return named.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
