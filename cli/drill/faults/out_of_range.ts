import { type Fault, leading, numbersOf, pick, withFeatures } from './fault.ts';

/** Values come that lie beyond everything known: a sentinel, or a broken sensor. */
export const out_of_range: Fault = {
  kind: 'out_of_range',
  strengths: [
    { name: '15 %', value: 0.15 },
    { name: '60 %', value: 0.6 },
  ],
  plant(grounds, share, random) {
    const column = pick(leading(grounds.numeric, grounds), random);
    if (column === undefined) return null;
    const values = numbersOf(grounds, column);
    const [low, high] = [values[0]!, values.at(-1)!];
    const reach = high - low || 1;
    const sentinel = random() < 0.5;
    const beyond = () => (sentinel ? Math.min(-999, low - 2 * reach) : high + reach * (0.2 + 2 * random()));
    return {
      columns: [column],
      change: (row) => (random() < share ? withFeatures(row, { [column]: beyond() }) : row),
    };
  },
};
