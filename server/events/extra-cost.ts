/** To refuse one event, however short it is. */
const REFUSED_BYTES = 200;
/** Months that the events of one request may be of for nothing: a replay of two years in any order. */
const MONTHS = 24;
/** Each further month: its rows lie in files of their own, which are written, synced and merged by themselves. */
const MONTH_BYTES = 16 * 1024;

/**
 * What the events of a request cost the server beyond what their bytes do, in bytes of a body.
 * Example: `extraCost({ rejectedTotal: 10, months: new Set([1, 2]) })` → 2000
 */
export function extraCost({
  rejectedTotal,
  months,
}: {
  readonly rejectedTotal: number;
  readonly months: ReadonlySet<number>;
}): number {
  return rejectedTotal * REFUSED_BYTES + Math.max(0, months.size - MONTHS) * MONTH_BYTES;
}
