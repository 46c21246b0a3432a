import type { SlicesRow } from '../../store/ledger/schema.ts';

const DAY = 86_400_000;
/** Labelled predictions that are looked at without an alarm. */
const USUAL_MS = 28 * DAY;
/** With fewer labels there is nothing to search. */
const LABELS = 500;

/** What is known of a model: its labels, and since when its quality has fallen, 0 while it has not. */
interface Known {
  readonly labels: number;
  readonly fell: number;
}

/** Whether slices are looked for: the first time, once a day, and when quality has fallen since. Pure. */
export function due(
  { labels, fell }: Known,
  last: Pick<SlicesRow, 'tried_at' | 'alerted'> | undefined,
  now: number,
): boolean {
  if (labels < LABELS) return false;
  return last === undefined || fell > last.alerted || now - last.tried_at >= DAY;
}

/** Event time that is searched: since quality fell, one window at least; else the last four weeks. Pure. */
export function searched({
  newest,
  fell,
  windowMs,
}: Pick<Known, 'fell'> & { readonly newest: number; readonly windowMs: number }): {
  from: number;
  to: number;
} {
  const to = newest + 1;
  const from = fell > 0 ? Math.min(fell, to - windowMs) : to - Math.max(USUAL_MS, windowMs);
  return { from: Math.max(0, from), to };
}
