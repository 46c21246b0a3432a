import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import type { Tested } from '../comparison.ts';
import { ks } from './ks.ts';

comparisonTests(ks);

test('equal and disjoint samples, and disjoint ones beyond a million pairs', () => {
  expect(run(ks, [1, 2], [1, 2])).toMatchObject({ value: 0, p: 1 });
  expect(run(ks, [1, 2], [3, 4])).toMatchObject({ value: 1, p: expect.closeTo(1 / 3, 12) });
  const many = Array.from({ length: 2000 }, (_, i) => i);
  expect(
    run(
      ks,
      many,
      many.map((x) => x + 1e6),
    ),
  ).toMatchObject({ value: 1, logP: expect.closeTo(-2767.5227, 3) });
});

/** scipy.stats.ks_2samp(method="exact"): rows of both sides, shift, D, p. Kolmogorov's limit alone is off by 43 %, 14 % and 4 %. */
const EXACT = [
  [20, 50_001, 0.3645, 0.3645097098058039, 0.00689690938976714],
  [100, 10_007, 0.1638, 0.1638493054861597, 0.008618741131668519],
  [1500, 1200, 0.06317, 0.0635, 0.008859244272589845],
] as const;

test.each(EXACT)(
  '%d against %d rows: beyond a million pairs within 3 % of the exact p',
  (m, n, shift, d, p) => {
    const even = (rows: number, by: number) => Array.from({ length: rows }, (_, i) => (i + 0.5) / rows + by);
    const result = run(ks, even(m, 0), even(n, shift - 0.5 / m));
    if (!('value' in result)) throw new Error('no value');
    expect(result.value).toBeCloseTo(d, 12);
    expect(Math.abs((result as Tested).p / p - 1)).toBeLessThan(0.03);
  },
);
