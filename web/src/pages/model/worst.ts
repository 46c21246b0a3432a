import type { Alert } from '../../api/types.ts';

/** A column that hurts: its worst alert, and the kinds of the others. */
export interface WorstColumn {
  readonly column: string;
  readonly alert: Alert;
  readonly others: readonly string[];
}

/** How far beyond what is allowed, 1 at the threshold. */
function excess({ value, threshold }: Alert): number {
  if (value === null) return 1;
  return threshold === null || threshold <= 0 ? 1 + Math.abs(value) : Math.abs(value) / threshold;
}

/**
 * Columns in the order in which they hurt now: excess over the threshold × importance, at most `most`. A column of unknown
 * importance counts with the mean of the known ones.
 */
export function worstColumns(
  firing: readonly Alert[],
  importance: ReadonlyMap<string, number | null>,
  most: number,
): WorstColumn[] {
  const known = [...importance.values()].filter((one) => one !== null);
  const usual = known.length === 0 ? 1 : known.reduce((sum, one) => sum + one, 0) / known.length;
  const own = firing.filter(({ column, segment, version }) => column !== '' && segment + version === '');
  return [...Map.groupBy(own, ({ column }) => column)]
    .map(([column, alerts]) => {
      const [alert, ...others] = alerts.sort((a, b) => excess(b) - excess(a)) as [Alert, ...Alert[]];
      const pain = excess(alert) * (importance.get(column) ?? usual);
      return { column, alert, pain, others: [...new Set(others.map(({ kind }) => kind))] };
    })
    .sort((a, b) => b.pain - a.pain || a.column.localeCompare(b.column))
    .slice(0, most)
    .map(({ pain: _, ...shown }) => shown);
}
