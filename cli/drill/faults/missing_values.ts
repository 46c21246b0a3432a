import { type Fault, leading, withFeatures } from './fault.ts';

/** A column, or three from one source, is not filled any more in a share of the rows. */
export const missing_values: Fault = {
  kind: 'missing_values',
  strengths: [
    { name: '30 %', value: 0.3 },
    { name: 'all', value: 1 },
  ],
  plant(grounds, share, random) {
    const all = leading([...grounds.numeric, ...grounds.categorical], grounds);
    const n = random() < 0.5 ? 1 : Math.min(3, all.length);
    const columns = shuffled(all, random).slice(0, n);
    const empty = Object.fromEntries(columns.map((name) => [name, null]));
    return { columns, change: (row) => (random() < share ? withFeatures(row, empty) : row) };
  },
};

function shuffled<T>(from: readonly T[], random: () => number): T[] {
  return from
    .map((each): [number, T] => [random(), each])
    .sort((a, b) => a[0] - b[0])
    .map(([, each]) => each);
}
