import { expect, test } from 'vitest';
import { addStratum, gathered, NO_STRATA } from './strata.ts';

const share = (n: number, p: number) => ({ n, sum: n * p, sum2: n * p });

test('of one stratum it is the difference of means with its variance', () => {
  const strata = addStratum(NO_STRATA, { n: 3, sum: 6, sum2: 14 }, { n: 2, sum: 10, sum2: 52 });
  const { sum, weight, variance } = gathered(strata);
  expect(sum / weight).toBeCloseTo(3, 12);
  // Sample variances are 1 and 2.
  expect(variance / weight ** 2).toBeCloseTo(1 / 3 + 2 / 2, 12);
});

test('a level that falls while the canary gets more of the traffic is no difference', () => {
  let strata = NO_STRATA;
  for (const [p, before, after] of [
    [0.9, 900, 100],
    [0.6, 100, 900],
  ] as const)
    strata = addStratum(strata, share(before, p), share(after, p));
  expect(gathered(strata).sum).toBeCloseTo(0, 12);
  // All rows together would say that it is worse by 24 points.
  expect(strata.current.sum / strata.current.n - strata.reference.sum / strata.reference.n).toBeCloseTo(
    -0.24,
    12,
  );
});

test('a stratum in which a side is absent changes nothing', () => {
  expect(addStratum(NO_STRATA, share(0, 0), share(9, 0))).toBe(NO_STRATA);
});

test('shares that were all alike so far are not taken for certain', () => {
  const strata = addStratum(NO_STRATA, share(100, 0), share(100, 0));
  expect(gathered(strata).variance).toBe(0);
  expect(gathered(strata, 1).variance).toBeGreaterThan(0);
});
