import { type Fault, type Grounds, numbersOf, withFeatures } from './fault.ts';

/** Two columns of numbers changed places. */
export const column_swap: Fault = {
  kind: 'column_swap',
  strengths: [{ name: 'all', value: 1 }],
  plant(grounds, _strength, random) {
    const pairs = grounds.numeric.flatMap((a, i) =>
      grounds.numeric
        .slice(i + 1)
        .filter((b) => differ(grounds, a, b))
        .map((b) => [a, b] as const),
    );
    const pair = pairs[Math.floor(random() * pairs.length)];
    if (pair === undefined) return null;
    const [a, b] = pair;
    return {
      columns: [a, b],
      change: (row) => withFeatures(row, { [a]: row.features[b]!, [b]: row.features[a]! }),
    };
  },
};

/** Whether anybody could tell: most values of one are unlike those of the other. */
function differ(grounds: Grounds, a: string, b: string): boolean {
  const [x, y] = [numbersOf(grounds, a), numbersOf(grounds, b)];
  const at = (values: number[], p: number) => values[Math.floor(p * (values.length - 1))] ?? 0;
  const reach = at(x, 0.75) - at(x, 0.25) + at(y, 0.75) - at(y, 0.25);
  return reach > 0 && Math.abs(at(x, 0.5) - at(y, 0.5)) > 0.5 * reach;
}
