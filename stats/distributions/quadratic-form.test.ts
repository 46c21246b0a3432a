import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import { logAndersonDarlingTail } from '../comparisons/anderson-darling-k.ts';
import { logCramerVonMisesTail } from '../comparisons/cramer-von-mises.ts';
import fixture from '../fixtures/comparisons.json' with { type: 'json' };

const cramerVonMisesTail = (x: number): number => Math.exp(logCramerVonMisesTail(x));
const andersonDarlingTail = (x: number): number => Math.exp(logAndersonDarlingTail(x));

test.each(fixture.cramerVonMisesTail)('scipy: limit of Cramér–von Mises at %d', (x, p) => {
  expectClose(cramerVonMisesTail(x!), p!, 1e-8);
});

test.each(fixture.andersonDarlingTail)(
  'Imhof’s integral: limit of Anderson–Darling at %d, within 1e-3',
  (x, p) => {
    expectClose(andersonDarlingTail(x!), p!, 1e-3);
  },
);

test('known critical values of Anderson–Darling', () => {
  expectClose(andersonDarlingTail(2.492), 0.05, 1e-3);
  expectClose(andersonDarlingTail(3.857), 0.01, 0.03);
});

test('from certain to nothing, falling', () => {
  for (const tail of [cramerVonMisesTail, andersonDarlingTail]) {
    expect(tail(0)).toBe(1);
    let before = 1;
    for (let x = 0.06; x < 60; x *= 1.1) {
      const here = tail(x);
      expect(here).toBeLessThanOrEqual(before + 1e-12);
      before = here;
    }
    expect(before).toBeGreaterThan(0);
  }
});
