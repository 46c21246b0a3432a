import { expect, test } from 'vitest';
import { type Random, random, randomNormal } from '../random.ts';
import { estimateWithin } from './cbpe-intervals.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Rows whose scores promise more than they keep. */
function drawn(n: number, next: Random) {
  return Array.from({ length: n }, () => {
    const x = 1.5 * randomNormal(next);
    return { score: sigmoid(2 * x), positive: next() < sigmoid(x) ? 1 : 0, n: 1 };
  });
}

test('intervals hold what the labels show, the calibration’s own error included', { timeout: 30_000 }, () => {
  const next = random(3);
  const RUNS = 60;
  let held = 0;
  for (let run = 0; run < RUNS; run++) {
    const [reference, current] = [drawn(300, next), drawn(300, next)];
    const { accuracy } = estimateWithin(reference, current, { random: next, rounds: 100 });
    if (!('value' in accuracy)) throw new Error(accuracy.reason);
    const shown = current.filter(({ score, positive }) => score >= 0.5 === (positive === 1)).length / 300;
    if (accuracy.low <= shown && shown <= accuracy.high) held++;
  }
  expect(held / RUNS).toBeGreaterThan(0.88);
});

test('the values are those of plain estimation; few labels make wide intervals; the seed decides', () => {
  const current = drawn(500, random(1));
  const width = (n: number) => {
    const found = estimateWithin(drawn(n, random(2)), current, { random: random(5) }).rocAuc;
    if (!('value' in found)) throw new Error(found.reason);
    expect(found.low).toBeLessThanOrEqual(found.value);
    expect(found.high).toBeGreaterThanOrEqual(found.value);
    return found.high - found.low;
  };
  expect(width(150)).toBeGreaterThan(width(20_000));
  expect(width(300)).toBe(width(300));
});

test('no scores: every metric has its reason', () => {
  const nothing = estimateWithin(drawn(300, random(1)), [], { random: random(1) });
  for (const metric of Object.values(nothing)) expect(metric).toEqual({ reason: 'not_enough_data' });
});

test('where the reference shows one class alone, labels of the other may yet come', () => {
  // Below 0.5 there is no positive, above no negative: resamples alone would leave no doubt.
  const apart = Array.from({ length: 200 }, (_, i) => ({ score: (i + 0.5) / 200, n: 1, positive: i < 100 ? 0 : 1 })); // biome-ignore format: one list
  const { rocAuc } = estimateWithin(apart, apart, { random: random(4) });
  expect('value' in rocAuc && rocAuc.value).toBeCloseTo(1, 3);
  expect('low' in rocAuc && rocAuc.low).toBeLessThan(0.999);
  expect('low' in rocAuc && rocAuc.low).toBeGreaterThan(0.95);
});
