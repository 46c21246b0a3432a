import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/special.json' with { type: 'json' };
import { gammaP, gammaQ, log1mExp, logGammaP, logGammaQ } from './incomplete-gamma.ts';

test.each(fixture.logGammaQ)('mpmath, logGammaQ(%d, %d, …)', (...row) => {
  const [x, y] = row;
  expectClose(logGammaQ(x!, y!), row.at(-1)!, 1e-12);
});

test.each(fixture.logGammaP)('mpmath, logGammaP(%d, %d, …)', (...row) => {
  const [x, y] = row;
  expectClose(logGammaP(x!, y!), row.at(-1)!, 1e-12);
});

test('ends and domain', () => {
  expect(gammaQ(3, 0)).toBe(1);
  expect(gammaP(3, Infinity)).toBe(1);
  expect(logGammaQ(3, Infinity)).toBe(-Infinity);
  expect(logGammaP(3, 0)).toBe(-Infinity);
  expect(() => logGammaQ(0, 1)).toThrow(RangeError);
  expect(() => logGammaP(1, -1)).toThrow(RangeError);
  expectClose(log1mExp(-1e-20), Math.log(1e-20), 1e-14);
});
