/** A request of which nothing is stored, however short it is: its head, its key and its answer are work, too. */
export const VAIN_REQUEST_BYTES = 8 * 1024;
/** To refuse one event, beside looking through it. */
const REFUSED_BYTES = 200;
/** Months that the events of one request may be of for nothing: a replay of two years in any order. */
const MONTHS = 24;
/** Each further month: its rows lie in files of their own, which are written, synced and merged by themselves. */
const MONTH_BYTES = 256 * 1024;

/**
 * What the events of a request cost the server in vain, or beyond what their bytes do, in bytes of a body.
 * Example: `extraCost({ rejectedTotal: 10, rejectedBytes: 500, months: new Set([1, 2]) })` → 2500
 */
export function extraCost({
  rejectedTotal,
  rejectedBytes,
  months,
}: {
  readonly rejectedTotal: number;
  readonly rejectedBytes: number;
  readonly months: ReadonlySet<number>;
}): number {
  return rejectedBytes + rejectedTotal * REFUSED_BYTES + Math.max(0, months.size - MONTHS) * MONTH_BYTES;
}
