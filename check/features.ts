import type { Feature } from '../stats/trees/feature.ts';
import type { PlannedColumn } from './plan.ts';
import type { SampledRows } from './rows.ts';

/** The columns that a model of the rows may learn from: compared ones that play no other part. */
export function inputColumns(planned: readonly PlannedColumn[], parts: ReadonlySet<string>): PlannedColumn[] {
  return planned.filter(({ name, skip }) => skip === null && !parts.has(name));
}

/** Sampled columns as the trees take them. */
export function features(rows: Pick<SampledRows, 'columns'>, names: readonly string[]): Feature[] {
  return names.map((name) => {
    const values = rows.columns.get(name)!;
    return values instanceof Float64Array
      ? { name, kind: 'numeric', values }
      : { name, kind: 'categorical', values };
  });
}
