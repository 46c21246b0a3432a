import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import comparisons from '../fixtures/comparisons.json' with { type: 'json' };
import fixture from '../fixtures/special.json' with { type: 'json' };
import { logNormalTail, normalCdf, normalQuantile } from './normal.ts';

test.each(fixture.normalCdf)('mpmath, normalCdf(%d, %d, …)', (...row) => {
  const [x] = row;
  expectClose(normalCdf(x!), row.at(-1)!, 1e-12);
});

test.each(fixture.normalQuantile)('mpmath, normalQuantile(%d, %d, …)', (...row) => {
  const [x] = row;
  expectClose(normalQuantile(x!), row.at(-1)!, 1e-12);
});

test('outside [0, 1] is an error, the ends are infinite', () => {
  expect(() => normalQuantile(-0.1)).toThrow(RangeError);
  expect(() => normalQuantile(Number.NaN)).toThrow(RangeError);
  expect(normalQuantile(0)).toBe(-Infinity);
  expect(normalQuantile(1)).toBe(Infinity);
});

test.each(comparisons.normalTail)('mpmath, logNormalTail(%d)', (z, expected) => {
  expectClose(logNormalTail(z!), expected!, 1e-12);
});
