import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/performance.json' with { type: 'json' };
import { prAuc } from './pr-auc.ts';
import { scores } from './scores.testing.ts';

test('scikit-learn average_precision_score', () => {
  const result = prAuc(scores);
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, fixture.binary.prAuc, 1e-12);
  expect(result.low).toBeLessThan(result.value);
  expect(result.high).toBeGreaterThan(result.value);
});

test('perfect, random, no positives', () => {
  expect(prAuc({ positive: new Map([[5, 30]]), negative: new Map([[1, 20]]) })).toMatchObject({
    value: 1,
    high: 1,
  });
  expect(prAuc({ positive: new Map([[1, 1]]), negative: new Map([[1, 3]]) })).toMatchObject({ value: 0.25 });
  expect(prAuc({ positive: new Map(), negative: new Map([[1, 3]]) })).toEqual({ reason: 'not_enough_data' });
});
