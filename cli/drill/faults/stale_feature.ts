import { type Fault, leading, pick, withFeatures } from './fault.ts';

/** A feature store is not refreshed: rows get one of the few values that it last held. */
export const stale_feature: Fault = {
  kind: 'stale_feature',
  strengths: [
    { name: 'the last 3 values', value: 3 },
    { name: 'the last 6 values', value: 6 },
  ],
  plant(grounds, kept, random) {
    const spread = leading(grounds.numeric, grounds).filter(
      (name) => new Set(grounds.rows.map(({ features }) => features[name])).size > 30,
    );
    const column = pick(spread, random);
    if (column === undefined) return null;
    const held: number[] = [];
    return {
      columns: [column],
      change(row) {
        const value = row.features[column];
        if (held.length < kept && typeof value === 'number' && !held.includes(value)) held.push(value);
        return held.length === 0 ? row : withFeatures(row, { [column]: pick(held, random)! });
      },
    };
  },
};
