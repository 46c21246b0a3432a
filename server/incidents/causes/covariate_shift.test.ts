import { expect, test } from 'vitest';
import { fact } from '../test-facts.ts';
import { covariate_shift } from './covariate_shift.ts';

test('says how far, how surely, and of how many rows', () => {
  const [found] = covariate_shift.explain([fact('drift', 'age', { value: 0.31, low: 0.27, high: 0.35 })]);
  expect(found).toMatchObject({
    column: 'age',
    shift: 0.31,
    sentence:
      'age is distributed unlike its reference: JS distance 0.31, interval 0.27 to 0.35, threshold 0.1, n = 4,310.',
  });
});

test.each(['missing', 'invalid', 'range', 'new_category'])(
  'does not explain a column with %s: it is broken',
  (kind) => {
    expect(covariate_shift.explain([fact('drift', 'age'), fact(kind, 'age')])).toEqual([]);
    expect(covariate_shift.explain([fact('drift', 'age'), fact(kind, 'other')])).toHaveLength(1);
  },
);

test('drifting predictions are an effect, not a cause', () => {
  expect(covariate_shift.explain([fact('prediction_drift', '')])).toEqual([]);
});
