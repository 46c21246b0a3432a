import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/ranking-drift.json' with { type: 'json' };
import { rankingDrift } from './ranking-drift.ts';

test.each(fixture.cases)('scikit-learn: nDCG $ndcg, with the interval of a bootstrap of rows', (of) => {
  const found = rankingDrift(of.reference, of.current);
  if (!('value' in found)) throw new Error(found.reason);
  expectClose(found.value, of.ndcg, 1e-12);
  expect(found.low).toBeLessThanOrEqual(found.value);
  expect(found.high).toBeGreaterThanOrEqual(found.value);
  expect(Math.abs(found.low! - of.low)).toBeLessThan(0.02);
  expect(Math.abs(found.high! - of.high)).toBeLessThan(0.02);
});

test('the same twice is 1; what came on one side alone weighs nothing on the other; nothing at all is a reason', () => {
  const one = [
    { n: 100, size: 200, squares: 500 },
    { n: 100, size: 50, squares: 30 },
  ];
  const none = { n: 0, size: 0, squares: 0 };
  expect(rankingDrift(one, one)).toMatchObject({ value: 1, high: 1 });
  expect(rankingDrift(one, [none, one[1]!])).toMatchObject({ value: expect.closeTo(0.7, 0) });
  expect(rankingDrift(one, [none, none])).toEqual({ reason: 'not_enough_data' });
  expect(rankingDrift([none, none], one)).toEqual({ reason: 'not_enough_data' });
});
