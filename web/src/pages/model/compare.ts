import { span, type Zone } from '../../time/format.ts';
import { DAY, iso, type Range } from '../../time/range.ts';

/** What the current range is compared with, when the URL says so: a name, or the moment at which the other range begins. */
export const COMPARISONS = [
  { value: 'previous', label: 'Previous period' },
  { value: 'week', label: 'Same time a week before' },
] as const;

/** The end of the list: a range of the same length that begins at any moment. */
export const ANY = 'any';

const VERSION = 'version:';

/** A comparison with one version of the model, as a URL says it. */
export function comparisonWith(version: string): string {
  return VERSION + version;
}

/** The version that a comparison names. `versionOf('version:2')` → `2` */
export function versionOf(compare: string | undefined): string | undefined {
  return compare?.startsWith(VERSION) ? compare.slice(VERSION.length) : undefined;
}

/** The other stretch of time, as long as the current one, and how far it lies before it. */
export interface Earlier {
  readonly range: Range;
  readonly by: number;
  /** Its dates: what its lines are called. */
  readonly name: string;
}

/** The other range of a comparison; null for none, and for nonsense. */
export function earlier(compare: string | undefined, range: Range, zone: Zone): Earlier | null {
  const by = distance(compare, range);
  if (by === null || by === 0) return null;
  const other = { from: range.from - by, to: range.to - by };
  return { range: other, by, name: span(other, zone) };
}

function distance(compare: string | undefined, range: Range): number | null {
  if (compare === undefined) return null;
  if (compare === 'previous') return range.to - range.from;
  // Whole weeks, so that a Monday lies over a Monday, and none of the current range is compared with itself.
  if (compare === 'week') return Math.ceil((range.to - range.from) / (7 * DAY)) * 7 * DAY;
  const from = versionOf(compare) === undefined ? Date.parse(compare) : Number.NaN;
  return Number.isFinite(from) ? range.from - from : null;
}

/** A comparison with a range that begins at a moment, as a URL says it. */
export function comparisonFrom(from: number): string {
  return iso(from);
}
