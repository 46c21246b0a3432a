import { engineCode, UNKNOWN_TABLE } from './engine-error.ts';
import type { Lake } from './lake.ts';
import { run } from './migrations.ts';
import { monthsOf } from './sizes.ts';

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
  if (months.length === 0) return [];
  const drops = months.map((month) => `DROP PARTITION ${month}`).join(', ');
  try {
    await run(lake, `ALTER TABLE {rows:${table}} ${drops}`);
  } catch (error) {
    if (engineCode(error) !== UNKNOWN_TABLE) throw error;
    return [];
  }
  return months;
}

/** Those of the months that end before a moment. `monthsBefore(['202511', '202601'], Date.UTC(2026, 0, 5))` → ['202511'] */
export function monthsBefore(months: readonly string[], before: number): string[] {
  return months.filter((month) => {
    const match = /^(\d{4})(\d{2})$/.exec(month);
    return match !== null && Date.UTC(Number(match[1]), Number(match[2])) <= before;
  });
}
