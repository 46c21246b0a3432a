import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/ranking.json' with { type: 'json' };
import { meanAveragePrecision, queryAveragePrecision } from './mean-average-precision.ts';

test.each(fixture.at)('all orders of ties: average precision at $k', ({ k, averagePrecision }) => {
  for (const [i, query] of fixture.queries.entries())
    expectClose(queryAveragePrecision(query, k)!, averagePrecision[i]!, 1e-12, `query ${i}`);
  const result = meanAveragePrecision(fixture.queries, k);
  expect(result).toMatchObject({ value: expect.closeTo(averagePrecision.reduce((a, b) => a + b) / 40, 12) });
});

test('no queries, none relevant, all relevant', () => {
  expect(meanAveragePrecision([], 3)).toEqual({ reason: 'not_enough_data' });
  expect(queryAveragePrecision({ relevance: [0], score: [1] })).toBeNull();
  expect(queryAveragePrecision({ relevance: [1, 1, 1], score: [3, 3, 3] })).toBe(1);
  expect(queryAveragePrecision({ relevance: [1], score: [1] }, 0)).toBeNull();
});
