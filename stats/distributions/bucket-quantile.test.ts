import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bucketQuantile } from './bucket-quantile.ts';

const cases = JSON.parse(
  readFileSync(new URL('../fixtures/bucket-quantile.json', import.meta.url), 'utf8'),
) as { bounds: number[]; counts: number[]; quantile: number; value: number }[];

test('as SciPy has it, whose histogram spreads the values of a bucket evenly', () => {
  expect(cases.length).toBeGreaterThan(50);
  for (const { bounds, counts, quantile, value } of cases)
    expect(bucketQuantile(bounds, counts, quantile)).toBeCloseTo(value, 9);
});

test.each([
  ['no values', [1, 2], [0, 0, 0], 0.5, null],
  ['no bounds', [], [5], 0.5, null],
  ['above all bounds', [1, 2], [0, 0, 3], 0.5, 2],
  ['a first bound that is not positive', [-1, 1], [4, 0, 0], 0.5, -1],
])('%s', (_name, bounds, counts, quantile, value) => {
  expect(bucketQuantile(bounds, counts, quantile)).toBe(value);
});
