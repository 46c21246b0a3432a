import { expect, test } from 'vitest';
import type { JsDistance } from './distances/js-distance.ts';
import { driftScore, fairCounts } from './drift-score.ts';
import { driftsFound } from './drift-simulation.testing.ts';
import { random, randomNormal } from './random.ts';
import { referenceBins, specialBin } from './reference-bins.ts';
import { categoryDrawer, countsOf, equal, zipf } from './sample.testing.ts';

test('no drift: no alarm at n = 200 and 1,000 (the full simulation is in drift-score.slow.test.ts)', () => {
  expect(driftsFound({ m: 200, n: 200, bins: 10, shift: 0, runs: 100 }, random(11))).toBe(0);
  expect(driftsFound({ m: 1000, n: 1000, bins: 20, shift: 0, runs: 50 }, random(12))).toBe(0);
});

test('half a standard deviation is always found from n = 1,000, a fifth is none', () => {
  expect(driftsFound({ m: 1000, n: 1000, bins: 10, shift: 0.5, runs: 50 }, random(13))).toBe(50);
  expect(driftsFound({ m: 5000, n: 5000, bins: 10, shift: 0.2, runs: 20 }, random(14))).toBe(0);
});

const next = random(21);
const amounts = Array.from({ length: 2000 }, () => 50 + 10 * randomNormal(next));
const grid = { center: 50, scale: 10 };
const reference = countsOf(amounts, grid);
const bins = referenceBins(reference);

test.each([
  ['30 % null', (x: number) => (next() < 0.3 ? null : x)],
  ['another unit (× 100)', (x: number) => 100 * x],
  ['frozen', () => 51],
  ['swapped with another column', () => Math.floor(next() * 2)],
  ['all null', () => null],
])('a broken column is found in 200 rows: %s', (_, broken) => {
  const current = countsOf(amounts.slice(0, 200).map(broken), grid);
  expect(driftScore(reference, current, bins)).toMatchObject({
    low: expect.toSatisfy((low: number) => low > 0.15),
  });
});

test('a thin tail beside a heavy zero is its own bin: 3 % that become 20 % are found', () => {
  const zeros = (share: number, n: number) =>
    countsOf(Array.from({ length: n }, () => (next() < share ? 1 + 9 * next() : 0)));
  const before = zeros(0.03, 5000);
  expect(driftScore(before, zeros(0.2, 500), referenceBins(before))).toMatchObject({
    low: expect.toSatisfy((low: number) => low > 0.15),
  });
});

test('a lost category is found', () => {
  const before = countsOf(Array.from({ length: 1000 }, (_, i) => ['a', 'b', 'c', 'd', 'e'][i % 5]!));
  const after = countsOf(Array.from({ length: 200 }, (_, i) => ['a', 'b', 'c', 'd'][i % 4]!));
  expect(driftScore(before, after, referenceBins(before))).toMatchObject({
    low: expect.toSatisfy((low: number) => low > 0.2),
  });
});

test('a small reference lends what it could not see to its tails, but never more than that', () => {
  const small = countsOf(amounts.slice(0, 100), grid);
  const frozen = referenceBins(small);
  expect(frozen.unseen).toBe(2);
  const at = specialBin(frozen, 'out_of_range');
  const few = fairCounts(small, countsOf([...amounts.slice(0, 99), 1e6], grid), frozen);
  expect(few.reference[at]).toBeCloseTo(1, 10);
  const many = fairCounts(small, countsOf(new Array<number>(100).fill(1e6), grid), frozen);
  expect(many.reference[at]).toBe(2);
});

test.each([
  ['a thousand equal categories', equal(1000)],
  ['ten thousand, the first ones frequent', zipf(10_000)],
])('honest halves of %s: at most one alarm in eighty', (_, weights) => {
  const draw = categoryDrawer(weights, next);
  const sample = (n: number) => countsOf(Array.from({ length: n }, draw));
  let alarms = 0;
  for (const n of [200, 1000])
    for (let run = 0; run < 40; run++) {
      const before = sample(n);
      const { low, p } = driftScore(before, sample(n), referenceBins(before)) as JsDistance;
      if (low > 0.1 && p <= 0.05) alarms++;
    }
  expect(alarms).toBeLessThanOrEqual(1);
});

test('three tenths of the rows that leave a thousand categories for one of them are found', () => {
  const draw = categoryDrawer(equal(1000), next);
  const before = countsOf(Array.from({ length: 5000 }, draw));
  const after = countsOf(Array.from({ length: 5000 }, () => (next() < 0.3 ? 'v0' : draw())));
  expect(driftScore(before, after, referenceBins(before))).toMatchObject({
    low: expect.toSatisfy((low: number) => low > 0.1),
  });
});
