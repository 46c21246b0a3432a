import { expect, test } from 'vitest';
import { proportionDifference } from './intervals/proportion.ts';
import { missingMass } from './missing-mass.ts';
import { random } from './random.ts';
import { categoryDrawer, countsOf, equal, zipf } from './sample.testing.ts';

test('nothing seen once: nothing is missing, by all rows', () => {
  expect(missingMass(500, 0, 20)).toEqual({ hits: 0, n: 500 });
  expect(missingMass(0, 0, 0)).toEqual({ hits: 0, n: 0 });
  expect(missingMass(50, 50, 0)).toEqual({ hits: 50, n: 50 });
});

/** Chance alone: a sample, another one, and how often the share never seen seems to have risen. */
test.each([
  ['equal categories', equal(300)],
  ['nearly unique ones', equal(20_000)],
  ['uneven ones', zipf(3000)],
])('%s: a one-sided bound of 97.5 %% is above nothing in at most 5 %% of honest pairs', (_, weights) => {
  const draw = categoryDrawer(weights, random(5));
  const sample = () => Array.from({ length: 400 }, draw);
  const runs = 150;
  let risen = 0;
  for (let run = 0; run < runs; run++) {
    const { counts } = countsOf(sample());
    const times = (k: number) => [...counts.values()].filter((count) => count === k).length;
    const { hits, n } = missingMass(400, times(1), times(2));
    const fresh = sample().filter((value) => !counts.has(value)).length;
    const rise = proportionDifference(hits, n, fresh, 400);
    if ('value' in rise && rise.low > 0) risen++;
  }
  expect(risen / runs).toBeLessThanOrEqual(0.05);
});
