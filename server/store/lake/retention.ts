import { engineCode, UNKNOWN_TABLE } from './engine-error.ts';
import type { Lake } from './lake.ts';
import { run } from './migrations.ts';
import { monthsOf, partitionsOf } from './sizes.ts';

/**
 * Drops the months of a table that lie wholly before `before` (epoch milliseconds) and answers with them, as `202601`.
 * For tables partitioned by toYYYYMM. A month that `before` falls into stays whole: dropping a partition is one rename,
 * deleting rows would rewrite them. Months of `spared` stay. Repeating it is harmless; a table that does not exist has nothing to drop.
 */
export async function dropMonthsBefore(
  lake: Lake,
  table: string,
  before: number,
  spared: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const months = monthsBefore(await monthsOf(lake, table), before).filter((month) => !spared.has(month));
  return (await dropPartitions(lake, table, months)) ? months : [];
}

/** The same for tables partitioned by toDate, with their days, as `2026-01-31`. */
export async function dropDaysBefore(lake: Lake, table: string, before: number): Promise<string[]> {
  const days = daysBefore(await partitionsOf(lake, table), before);
  const dropped = await dropPartitions(
    lake,
    table,
    days.map((day) => `'${day}'`),
  );
  return dropped ? days : [];
}

/** Whether they were there to be dropped: a table that does not exist has none. */
async function dropPartitions(lake: Lake, table: string, partitions: readonly string[]): Promise<boolean> {
  if (partitions.length === 0) return false;
  const drops = partitions.map((partition) => `DROP PARTITION ${partition}`).join(', ');
  try {
    await run(lake, `ALTER TABLE {rows:${table}} ${drops}`);
    return true;
  } catch (error) {
    if (engineCode(error) !== UNKNOWN_TABLE) throw error;
    return false;
  }
}

/** Those of the months that end before a moment. `monthsBefore(['202511', '202601'], Date.UTC(2026, 0, 5))` → ['202511'] */
export function monthsBefore(months: readonly string[], before: number): string[] {
  return months.filter((month) => {
    const match = /^(\d{4})(\d{2})$/.exec(month);
    return match !== null && Date.UTC(Number(match[1]), Number(match[2])) <= before;
  });
}

/** Those of the days that end before a moment. `daysBefore(['2026-01-04', '2026-01-05'], Date.UTC(2026, 0, 5))` → ['2026-01-04'] */
export function daysBefore(days: readonly string[], before: number): string[] {
  return days.filter(
    (day) => /^\d{4}-\d{2}-\d{2}$/.test(day) && Date.parse(`${day}T00:00:00Z`) + 86_400_000 <= before,
  );
}
