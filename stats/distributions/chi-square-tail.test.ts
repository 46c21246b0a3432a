import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/intervals.json' with { type: 'json' };
import special from '../fixtures/special.json' with { type: 'json' };
import { chiSquareQuantile, logChiSquareTail } from './chi-square-tail.ts';

test.each(fixture.chiSquare)('scipy chi2.ppf(%d, %d)', (p, df, expected) => {
  expectClose(chiSquareQuantile(p!, df!), expected!, 1e-9);
});

test('tails and ends', () => {
  expectClose(logChiSquareTail(2000, 2), -1000, 1e-12);
  expect(logChiSquareTail(0, 3)).toBe(0);
  expect(chiSquareQuantile(0, 3)).toBe(0);
  expect(chiSquareQuantile(1, 3)).toBe(Infinity);
});

test.each(special.chiSquareTail)('mpmath, logChiSquareTail(%d, %d)', (x, df, expected) => {
  expectClose(logChiSquareTail(x!, df!), expected!, 1e-12);
});

test.each(special.chiSquareQuantile)('mpmath, chiSquareQuantile(%d, %d)', (p, df, expected) => {
  expectClose(chiSquareQuantile(p!, df!), expected!, 1e-12);
});
