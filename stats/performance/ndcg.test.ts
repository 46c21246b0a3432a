import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/ranking.json' with { type: 'json' };
import { random } from '../random.ts';
import { ndcg, queryNdcg } from './ndcg.ts';

test.each(fixture.at)('scikit-learn: ndcg@$k with ties', ({ k, ndcg: each, exponential }) => {
  for (const [i, query] of fixture.queries.entries()) {
    expectClose(queryNdcg(query, { k })!, each[i]!, 1e-12, `query ${i}`);
    expectClose(queryNdcg(query, { k, gain: 'exponential' })!, exponential[i]!, 1e-12, `query ${i}`);
  }
  const result = ndcg(fixture.queries, { k });
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, each.reduce((a, b) => a + b) / each.length, 1e-12);
  expect(result.low).toBeLessThan(result.value);
  const interval = { kind: 'bootstrap', random: random(1) } as const;
  const drawn = ndcg(fixture.queries, { k, interval });
  if (!('value' in drawn)) throw new Error(drawn.reason);
  expect(drawn.low).toBeCloseTo(result.low, 1);
  expect(drawn.high).toBeCloseTo(result.high, 1);
});

test('queries without a relevant item, items without a score', () => {
  const empty = { relevance: [0, 0], score: [1, 2] };
  expect(ndcg([empty, empty])).toEqual({ reason: 'not_enough_data' });
  expect(ndcg([])).toEqual({ reason: 'not_enough_data' });
  expect(queryNdcg({ relevance: [1, 5], score: [1, NaN] })).toBe(1);
  expect(queryNdcg({ relevance: [1, 0], score: [7, 7] })).toBeCloseTo((1 + 1 / Math.log2(3)) / 2, 12);
});
