import { expect, test } from 'vitest';
import fixture from '../fixtures/ranking.json' with { type: 'json' };
import { random } from '../random.ts';
import { hitRate, meanReciprocalRank } from './first-relevant.ts';

test.each(fixture.at)('all orders of ties: reciprocal rank and hits at $k', (expected) => {
  const { k } = expected;
  expect(meanReciprocalRank(fixture.queries, k)).toMatchObject({
    value: expect.closeTo(expected.reciprocalRank, 12),
  });
  expect(hitRate(fixture.queries, k)).toMatchObject({ value: expect.closeTo(expected.hitRate, 12) });
});

test('no queries, one query, a generator', () => {
  expect(meanReciprocalRank([])).toEqual({ reason: 'not_enough_data' });
  expect(hitRate([{ relevance: [1], score: [1] }], 1)).toEqual({ reason: 'not_enough_data' });
  const drawn = meanReciprocalRank(fixture.queries, 5, { kind: 'bootstrap', random: random(2) });
  const plain = meanReciprocalRank(fixture.queries, 5);
  if (!('value' in drawn && 'value' in plain)) throw new Error('no value');
  expect(drawn.low).toBeCloseTo(plain.low, 1);
});
