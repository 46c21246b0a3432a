import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/performance.json' with { type: 'json' };
import { Z_TWO_SIDED_95 } from '../normal.ts';
import { rocAuc } from './roc-auc.ts';
import { scores } from './scores.testing.ts';

test('scikit-learn and DeLong by definition', () => {
  const result = rocAuc(scores);
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, fixture.binary.rocAuc, 1e-12);
  expectClose(
    (result.high - result.low) / (2 * Z_TWO_SIDED_95),
    Math.sqrt(fixture.binary.delongVariance),
    1e-9,
  );
});

test('separated, constant, one class, none', () => {
  const low = new Map([[1, 20]]);
  const high = new Map([[5, 30]]);
  expect(rocAuc({ positive: high, negative: low })).toMatchObject({ value: 1, high: 1 });
  const perfect = rocAuc({ positive: high, negative: low });
  expect('value' in perfect && perfect.low).toBeCloseTo(0.8389, 3);
  expect(rocAuc({ positive: low, negative: low })).toMatchObject({ value: 0.5 });
  expect(rocAuc({ positive: low, negative: new Map() })).toEqual({ reason: 'single_class' });
  expect(rocAuc({ positive: new Map(), negative: new Map() })).toEqual({ reason: 'not_enough_data' });
});
