import { type Random, random, randomInteger, randomNormal } from '../../stats/random.ts';
import type { MemoryColumn, MemoryTable } from './tables.ts';

const ROWS = 20_000;
const KINDS = ['equal', 'Zipf', 'near-unique'] as const;
const CATEGORIES = [2, 5, 20, 50, 200, 1_000, 3_000, 10_000, 30_000, 100_000] as const;

/** Thirty tables without drift: three columns each of 2 to 100,000 categories of one kind, and one of numbers. */
export function generatedTables(): MemoryTable[] {
  return KINDS.flatMap((kind, k) =>
    CATEGORIES.map((categories, c) => {
      const next = random(100 * k + c + 1);
      const column = (name: string): MemoryColumn => ({ name, whole: false, values: categoriesOf(kind, categories, next) }); // biome-ignore format: one column
      const numbers = Float64Array.from({ length: ROWS }, () => randomNormal(next));
      return {
        name: `${categories.toLocaleString('en')} categories, ${kind}`,
        rows: ROWS,
        columns: [column('a'), column('b'), column('c'), { name: 'x', whole: false, values: numbers }],
      };
    }),
  );
}

function categoriesOf(kind: (typeof KINDS)[number], categories: number, next: Random): string[] {
  if (kind === 'equal') return Array.from({ length: ROWS }, () => `c${randomInteger(next, categories)}`);
  if (kind === 'near-unique')
    return Array.from({ length: ROWS }, () => `n${next() < 0.3 ? randomInteger(next, categories) : randomInteger(next, 1e9)}`); // biome-ignore format: one choice
  const cumulative = new Float64Array(categories);
  let sum = 0;
  for (let i = 0; i < categories; i++) {
    sum += 1 / (i + 1);
    cumulative[i] = sum;
  }
  return Array.from({ length: ROWS }, () => `z${placeOf(cumulative, next() * sum)}`);
}

/** The first place whose sum is above x. */
function placeOf(cumulative: Float64Array, x: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > x) high = middle;
    else low = middle + 1;
  }
  return low;
}
