import { type Fault, leading, type Value, withFeatures } from './fault.ts';

/** A sensor, a cache, a default: a column repeats one of its usual values. */
export const stuck_value: Fault = {
  kind: 'stuck_value',
  strengths: [
    { name: '50 %', value: 0.5 },
    { name: 'all', value: 1 },
  ],
  plant(grounds, share, random) {
    const columns = leading([...grounds.numeric, ...grounds.categorical], grounds).filter(
      (name) => mostFrequent(grounds.rows.map(({ features }) => features[name]!)) < 0.7,
    );
    const column = columns[Math.floor(random() * columns.length)];
    if (column === undefined) return null;
    let held: Value | undefined;
    return {
      columns: [column],
      change(row) {
        held ??= row.features[column] ?? undefined;
        return held !== undefined && random() < share ? withFeatures(row, { [column]: held }) : row;
      },
    };
  },
};

/** The share of the most frequent value. */
function mostFrequent(values: readonly Value[]): number {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(...counts.values()) / values.length;
}
