import { expect, test } from 'vitest';
import { rankingAgreement, weigh } from './weigh.ts';

const of = (feature: string, time: number, version: string, n: number, mean: number, signed = mean) => ({
  ...{ feature, time, version, n, size: n * mean, sum: n * signed },
});
const sizes = (of: Record<string, number>) => new Map(Object.entries(of));

test('sizes, signs and shares of each feature, over time and beside before', () => {
  const sums = [
    of('age', 0, '1', 10, 2, -1),
    of('age', 10, '1', 10, 4),
    of('debt', 0, '1', 10, 1),
    of('debt', 10, '1', 10, 1),
  ];
  const found = weigh(sums, [of('age', -10, '1', 5, 1), of('debt', -10, '1', 5, 3)], [0, 10, 20]);
  expect(found.features).toEqual([
    { name: 'age', size: 3, share: 0.75, signed: 1.5, n: 20, share_before: 0.25, path: [2 / 3, 0.8, null] },
    { name: 'debt', size: 1, share: 0.25, signed: 1, n: 20, share_before: 0.75, path: [1 / 3, 0.2, null] },
  ]);
  // (1 + 3 / log₂ 3) / (3 + 1 / log₂ 3)
  expect(found.ranking!.value).toBeCloseTo(0.796708, 6);
  expect(found.ranking_path.map(({ value, n }) => [value, n])).toEqual([
    [1, 10],
    [1, 10],
  ]);
});

test('scikit-learn ndcg_score of a swapped and of a reversed ranking', () => {
  const before = sizes({ a: 4, b: 3, c: 2, d: 1 });
  expect(rankingAgreement(before, sizes({ a: 3, b: 4, c: 2, d: 1 }))!).toBeCloseTo(0.949604, 6);
  expect(rankingAgreement(before, sizes({ a: 1, b: 2, c: 3, d: 4 }))!).toBeCloseTo(0.748903, 6);
  expect(rankingAgreement(sizes({ a: 0 }), before)).toBeNull();
});

test('an attribution that is sent with few rows weighs little', () => {
  const { features } = weigh([of('age', 0, '1', 100, 1), of('rare', 0, '1', 1, 10)], [], [0]);
  expect(features.map(({ name, size }) => [name, size])).toEqual([
    ['age', 1],
    ['rare', 0.1],
  ]);
});

test('rankings of versions beside the one with most rows', () => {
  const { versions } = weigh(
    [of('a', 0, '1', 90, 2), of('b', 0, '1', 90, 1), of('a', 0, '2', 9, 1), of('b', 0, '2', 9, 2)],
    [],
    [0],
  );
  expect(versions[0]).toMatchObject({ version: '1', n: 90, ranking: null });
  expect(versions[1]!.ranking!).toBeLessThan(0.9);
});
