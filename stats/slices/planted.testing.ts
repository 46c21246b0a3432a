import type { Random } from '../random.ts';
import type { Feature } from '../trees/feature.ts';

export interface Planted {
  readonly features: readonly Feature[];
  /** 1 where the answer was wrong. */
  readonly loss: number[];
  /** The conditions of the slice, in words; null where none was planted. */
  readonly text: string | null;
}

const CATEGORIES = [3, 5, 6, 12];
const NUMBERS = 4;

/**
 * A table of labelled rows: four columns of 3 to 12 categories, four of numbers, right nine times in ten whatever they say. With `points` above 0 a slice of
 * about 3 % (one value of the column of five and one of that of six) is right less often by so much.
 */
export function plantedTable(rows: number, points: number, next: Random): Planted {
  const drawn = CATEGORIES.map((count, c) =>
    Array.from({ length: rows }, () => `${'abcd'[c]}${Math.floor(next() * count)}`),
  );
  const numbers = Array.from({ length: NUMBERS }, () =>
    Float64Array.from({ length: rows }, () => next() * 100),
  );
  const [first, second] = [`b${Math.floor(next() * 5)}`, `c${Math.floor(next() * 6)}`];
  const loss = Array.from({ length: rows }, (_, i) => {
    const hurt = points > 0 && drawn[1]![i] === first && drawn[2]![i] === second;
    return next() < (hurt ? 0.1 + points : 0.1) ? 1 : 0;
  });
  return {
    features: [
      ...drawn.map((values, c): Feature => ({ name: 'wxyz'[c]!, kind: 'categorical', values })),
      ...numbers.map((values, c): Feature => ({ name: `number ${c}`, kind: 'numeric', values })),
    ],
    loss,
    text: points > 0 ? `x = ${first} and y = ${second}` : null,
  };
}
