import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import fixture from '../fixtures/rows.json' with { type: 'json' };
import { multiclassMcc } from './multiclass-mcc.ts';
import { rowCells } from './multiclass-rows.ts';

test('scikit-learn: value; jackknife: width of the interval within 2 %', () => {
  const { label, prediction, metrics, mccDeviationFisher } = fixture.multiclass;
  const result = multiclassMcc(rowCells(label, prediction));
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, metrics.mcc, 1e-12);
  const deviation = (Math.atanh(result.high) - Math.atanh(result.low)) / (2 * Z_TWO_SIDED_95);
  expectClose(deviation, mccDeviationFisher, 0.02);
});

test('perfect, one label, none', () => {
  const right = [
    { actual: 'a', predicted: 'a', count: 20 },
    { actual: 'b', predicted: 'b', count: 30 },
    { actual: 'c', predicted: 'c', count: 0 },
  ];
  const perfect = multiclassMcc(right);
  expect(perfect).toMatchObject({ value: 1, high: 1 });
  expect('value' in perfect && perfect.low).toBeCloseTo(0.857, 3);
  expect(multiclassMcc(right.slice(1))).toEqual({ reason: 'undefined_ratio' });
  expect(multiclassMcc([])).toEqual({ reason: 'not_enough_data' });
});
