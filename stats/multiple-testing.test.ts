import { expect, test } from 'vitest';
import { expectClose } from './close.testing.ts';
import fixture from './fixtures/library.json' with { type: 'json' };
import { benjaminiHochberg, benjaminiYekutieli, sharedBound } from './multiple-testing.ts';

test.each(fixture.falseDiscovery)('scipy false_discovery_control: $p', ({ p, bh, by }) => {
  benjaminiHochberg(p).forEach((q, i) => {
    expectClose(q, bh[i]!, 1e-12);
  });
  benjaminiYekutieli(p).forEach((q, i) => {
    expectClose(q, by[i]!, 1e-12);
  });
});

test('nothing to adjust, and what is not a number', () => {
  expect(benjaminiHochberg([])).toEqual([]);
  expect(benjaminiHochberg([0.02, Number.NaN, 0.04])).toEqual([0.04, Number.NaN, 0.04]);
});

// Python's statistics.NormalDist: -inv_cdf(cdf(-z) / looks)
test.each([
  [1.6448536269514722, 21, 2.822713881428934],
  [2.58, 6, 3.1475104996980567],
  [3.3, 168, 4.535194250825263],
  [1.96, 1, 1.96],
])('a bound of %d, shared by %d, is %d', (z, looks, bound) => {
  expectClose(sharedBound(z, looks), bound, 1e-9);
});
