import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/rows.json' with { type: 'json' };
import { pinballLoss, quantileCoverage } from './pinball-loss.ts';

test.each(fixture.regression.pinball)('scikit-learn: q = %s', (q, expected) => {
  const result = pinballLoss(fixture.regression, q!);
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, expected!, 1e-12);
});

test('no rows, a quantile outside', () => {
  expect(pinballLoss({ label: [], prediction: [] }, 0.5)).toEqual({ reason: 'not_enough_data' });
  expect(() => pinballLoss({ label: [], prediction: [] }, 1)).toThrow(RangeError);
});

test('coverage', () => {
  expect(quantileCoverage({ label: [1, 2, 3, 4], prediction: [2, 2, 2, 9] })).toMatchObject({ value: 0.75 });
  expect(quantileCoverage({ label: [], prediction: [] })).toEqual({ reason: 'not_enough_data' });
});
