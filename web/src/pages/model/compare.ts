import { DAY, type Range } from '../../time/range.ts';

/** What the current range is compared with, when the URL says so. */
export const COMPARISONS = [
  { value: 'previous', label: 'Previous period' },
  { value: 'week', label: 'One week before' },
] as const;

export interface Earlier {
  readonly range: Range;
  readonly by: number;
  readonly name: string;
}

/** The earlier range of a comparison; null for none. */
export function earlier(compare: string | undefined, range: Range): Earlier | null {
  const chosen = COMPARISONS.find(({ value }) => value === compare);
  if (chosen === undefined) return null;
  const by = chosen.value === 'week' ? 7 * DAY : range.to - range.from;
  return { range: { from: range.from - by, to: range.to - by }, by, name: chosen.label.toLowerCase() };
}
