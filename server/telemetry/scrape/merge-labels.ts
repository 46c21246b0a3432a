import type { Label } from '../remote-write/sent-series.ts';

/**
 * The labels of a scraped series with those of its target. Where both have one, the target's counts and the series' own is called `exported_…`, once more where that is
 * taken, too; with `honour` the series' own counts. As Prometheus has it.
 * `mergeLabels([['__name__', 'm'], ['job', 'a']], new Map([['job', 'b']]), false)` → [['__name__', 'm'], ['exported_job', 'a'], ['job', 'b']]
 */
export function mergeLabels(
  own: readonly Label[],
  target: ReadonlyMap<string, string>,
  honour: boolean,
): Label[] {
  const taken = new Set([...own.map(([name]) => name), ...target.keys()]);
  const renamed = (name: string): string => {
    let free = `exported_${name}`;
    while (taken.has(free)) free = `exported_${free}`;
    taken.add(free);
    return free;
  };
  const names = new Set(own.map(([name]) => name));
  if (honour) return [...own, ...[...target].filter(([name]) => !names.has(name))];
  return [...own.map(([name, value]): Label => [target.has(name) ? renamed(name) : name, value]), ...target];
}
