import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/special.json' with { type: 'json' };
import { erf, erfc } from './error-function.ts';

test.each(fixture.erfc)('mpmath, erfc(%d, %d, …)', (...row) => {
  const [x] = row;
  expectClose(erfc(x!), row.at(-1)!, 1e-12);
});

test('erf is odd, and the rest of erfc', () => {
  expect(erf(0)).toBe(0);
  expect(erf(-0.5)).toBe(-erf(0.5));
  expectClose(erf(2), 1 - erfc(2), 1e-15);
  expect(erfc(40)).toBe(0);
});
