import { expect, test } from 'vitest';
import { binColumn, binner, featureBins, OTHER_BIN } from './feature.ts';

test('few distinct numbers: a threshold between each', () => {
  const feature = { name: 'x', kind: 'numeric', values: [3, 1, 2, 2, Number.NaN] } as const;
  const bins = featureBins(feature);
  expect(bins).toEqual({ name: 'x', kind: 'numeric', thresholds: [1.5, 2.5] });
  expect([...binColumn(feature, bins)]).toEqual([3, 1, 2, 2, 0]);
});

test('many numbers: 63 bins of about equal share, heavy values included', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => (i < 5000 ? 0 : i));
  const bins = featureBins({ name: 'x', kind: 'numeric', values });
  const binned = binColumn({ name: 'x', kind: 'numeric', values }, bins);
  const shares = new Map<number, number>();
  for (const bin of binned) shares.set(bin, (shares.get(bin) ?? 0) + 1);
  expect(shares.get(1)).toBe(5000);
  expect(shares.size).toBeGreaterThan(30);
  expect(Math.max(...shares.keys())).toBeLessThan(64);
  expect([...shares].filter(([bin, n]) => bin > 2 && n > 400)).toEqual([]);
});

test('categories: the most frequent 62, the rest other', () => {
  const values = Array.from({ length: 100 }, (_, i) => `v${i}`).flatMap((v, i) =>
    new Array<string>(101 - i).fill(v),
  );
  const binOf = binner(featureBins({ name: 'c', kind: 'categorical', values }));
  expect(binOf('v0')).toBe(1);
  expect(binOf('v61')).toBe(62);
  expect(binOf('v62')).toBe(OTHER_BIN);
  expect(binOf('unseen')).toBe(OTHER_BIN);
  expect(binOf(null)).toBe(0);
});

test('constant, empty and infinite columns have no thresholds', () => {
  for (const values of [[], [5, 5, 5], [Number.NaN], [Infinity, -Infinity]]) {
    expect(featureBins({ name: 'x', kind: 'numeric', values })).toMatchObject({ thresholds: [] });
  }
});
