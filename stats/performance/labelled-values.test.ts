import { expect, test } from 'vitest';
import { perRow } from './labelled-values.ts';

test('rows that are not finite on both sides are left out; the shorter side ends it', () => {
  const rows = { label: [1, NaN, 3, 4, 5], prediction: [2, 2, Infinity, 6] };
  expect(perRow(rows, (y, f) => f - y)).toEqual([1, 2]);
  expect(perRow({ label: [], prediction: [1] }, (y) => y)).toEqual([]);
});
