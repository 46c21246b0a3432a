import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/special.json' with { type: 'json' };
import { logGamma, stirlingError } from './gamma.ts';

test.each(fixture.logGamma)('mpmath, logGamma(%d, %d, …)', (...row) => {
  const [x] = row;
  expectClose(logGamma(x!), row.at(-1)!, 1e-12);
});

test('zeros, domain and the correction', () => {
  expect(logGamma(1)).toBe(0);
  expect(logGamma(2)).toBe(0);
  expect(() => logGamma(0)).toThrow(RangeError);
  expectClose(stirlingError(10), 0.008330563433362871, 1e-12);
});
