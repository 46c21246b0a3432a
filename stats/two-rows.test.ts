import { expect, test } from 'vitest';
import { pearson, twoRows } from './two-rows.ts';

test('the table without its empty columns', () => {
  const table = twoRows([10, 0, 30], [20, 0, 20])!;
  expect(table).toMatchObject({ columns: 2, total: 80 });
  expect(table.cells[0]).toEqual({ observed: 10, expected: 15 });
  expect(pearson(table)).toBeCloseTo(5.3333, 4);
  expect(twoRows([0, 0], [1, 2])).toBeNull();
});
