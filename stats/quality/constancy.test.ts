import { expect, test } from 'vitest';
import { constancy } from './constancy.ts';

test('the most frequent value and its share', () => {
  expect(constancy(new Map([['EU', 98], ['US', 2], ['x', 0]]))).toMatchObject({ value: 0.98, mode: 'EU' }); // biome-ignore format: a map
  expect(constancy(new Map([[7, 5]]))).toMatchObject({ value: 1, high: 1, mode: 7 });
  expect(constancy(new Map())).toEqual({ reason: 'not_enough_data' });
});
