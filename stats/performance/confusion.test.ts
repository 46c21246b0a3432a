import { expect, test } from 'vitest';
import { binaryCounts, confusionCells } from './confusion.ts';

test('cells of a map, keys without separator and empty counts left out', () => {
  const counts = new Map([
    ['yes\u001fno', 2],
    ['yes\u001fyes', 3],
    ['broken', 4],
    ['no\u001fno', 0],
  ]);
  const cells = confusionCells(counts);
  expect(cells).toEqual([
    { actual: 'yes', predicted: 'no', count: 2 },
    { actual: 'yes', predicted: 'yes', count: 3 },
  ]);
  expect(binaryCounts(cells, 'yes')).toEqual({ tp: 3, fp: 0, fn: 2, tn: 0 });
  expect(binaryCounts(cells, 'no')).toEqual({ tp: 0, fp: 2, fn: 0, tn: 3 });
});
