import { expect, test } from 'vitest';
import { expectClose } from './close.testing.ts';
import fixture from './fixtures/library.json' with { type: 'json' };
import { benjaminiHochberg, benjaminiYekutieli } from './multiple-testing.ts';

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
