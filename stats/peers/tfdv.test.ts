import { expect, test } from 'vitest';
import { formulaTests } from './formulas.testing.ts';
import { tfdv, tfdvDivergence } from './tfdv.ts';

formulaTests(tfdv);

test('point masses match only points at the same place; infinite buckets and NaN match nothing', () => {
  const at = (low: number, high = low) => ({ buckets: [{ low, high, count: 4 }], nan: 0 });
  expect(tfdvDivergence(at(1), at(1))).toEqual({ value: 0 });
  expect(tfdvDivergence(at(1), at(2))).toEqual({ value: 1 });
  expect(tfdvDivergence(at(0, 2), at(1))).toEqual({ value: 1 });
  expect(tfdvDivergence(at(-Infinity, 0), at(-Infinity, 0))).toEqual({ value: 1 });
  const gone = { buckets: [], nan: 3 };
  expect(tfdvDivergence(gone, gone)).toEqual({ value: 1 });
  expect(tfdvDivergence(gone, { buckets: [], nan: 0 })).toEqual({ reason: 'not_enough_data' });
});
