import { rfc3339 } from '../../contract/time.ts';
import { type Kept, keptByMonth } from '../store/kept.ts';
import { dropMonthsBefore } from '../store/lake/retention.ts';
import { FILE_TIME } from './profile.ts';
import { type WindowOptions, windowOptions } from './references/reference-row.ts';

/** Months that references live in are spared: those of windows of production, and the one of files. */
export const KEPT_PROFILES: readonly Kept[] = [
  {
    ...keptByMonth({ name: 'profiles', title: 'Profiles of columns', days: null, least: 60 }),
    async drop({ lake, ledger }, before) {
      const rows = await ledger
        .selectFrom('references')
        .select('options')
        .where('kind', 'in', ['fixed', 'automatic'])
        .execute();
      const spared = new Set([monthOf(FILE_TIME), ...rows.flatMap((row) => monthsOf(windowOptions(row)))]);
      return (await dropMonthsBefore(lake, 'profiles', before, spared)).length;
    },
  },
  keptByMonth({
    name: 'labelled',
    title: 'Labels beside their predictions, by event time',
    days: null,
    least: 60,
  }),
  keptByMonth({
    name: 'joined_outcomes',
    title: 'Outcomes beside their predictions, by event time',
    days: null,
    least: 60,
  }),
];

/** `monthOf(0)` → '197001' */
function monthOf(ms: number): string {
  return rfc3339(ms).slice(0, 7).replace('-', '');
}

/** Months that a window touches. */
function monthsOf({ from, to }: WindowOptions): string[] {
  if (from === undefined || to === undefined) return [];
  const months: string[] = [];
  const first = new Date(from);
  for (let k = 0; ; k++) {
    const start = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + k);
    if (!(start < to)) return months;
    months.push(monthOf(start));
  }
}
