import type { CountedColumn } from '../count.ts';

/** What a column without any count has. */
export const NOTHING_COUNTED = {
  invalid: 0,
  grid: new Map<number, number>(),
  counts: new Map<string, number>(),
  other: 0,
  mean: null,
  variance: null,
  min: null,
  max: null,
  distinct: null,
  strangers: [],
  complete: true,
} satisfies Omit<CountedColumn, 'n' | 'missing'>;
