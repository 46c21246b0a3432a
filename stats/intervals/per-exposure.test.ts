import { expect, test } from 'vitest';
import type { Estimate } from '../outcome.ts';
import { random as seeded } from '../random.ts';
import { mean } from './mean.ts';
import { perExposure } from './per-exposure.ts';

test('is the mean over all units, those without a value as 0', () => {
  const values = [5, 5, ...new Array(8).fill(0)];
  const sum2 = values.reduce((sum, value) => sum + value * value, 0);
  expect(perExposure({ n: 2, sum: 10, sum2: 50 }, 10)).toEqual(mean({ n: 10, sum: 10, sum2 }));
  expect(perExposure({ n: 0, sum: 0, sum2: 0 }, 1)).toEqual({ reason: 'not_enough_data' });
  expect(perExposure({ n: 0, sum: 0, sum2: 0 }, 100)).toEqual({ value: 0, low: 0, high: 0 });
});

test('the interval holds what it says where values come by themselves, more of them than units', () => {
  const random = seeded(7);
  const units = 200;
  let covered = 0;
  const rounds = 600;
  for (let round = 0; round < rounds; round++) {
    // A Poisson number of values, two per unit in the middle, each of mean 5.
    const sums = { n: 0, sum: 0, sum2: 0 };
    for (let unit = 0; unit < units; unit++) {
      let time = -Math.log(1 - random());
      while (time < 2) {
        const value = 10 * random();
        sums.n++;
        sums.sum += value;
        sums.sum2 += value * value;
        time -= Math.log(1 - random());
      }
    }
    const { low, high } = perExposure(sums, units) as Estimate;
    if (low <= 10 && 10 <= high) covered++;
  }
  expect(covered / rounds).toBeGreaterThan(0.92);
  expect(covered / rounds).toBeLessThan(0.98);
});
