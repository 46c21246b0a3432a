import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/intervals.json' with { type: 'json' };
import special from '../fixtures/special.json' with { type: 'json' };
import { binomialCdf, binomialQuantile } from './binomial.ts';

test.each(fixture.binomial)('scipy binom.cdf(%d, %d, %d)', (k, n, p, expected) => {
  expectClose(binomialCdf(k!, n!, p!), expected!, 1e-11);
});

test('ends', () => {
  expect(binomialCdf(-1, 5, 0.5)).toBe(0);
  expect(binomialCdf(5, 5, 0.5)).toBe(1);
  expect(binomialQuantile(0.5, 10, 0.5)).toBe(5);
  expect(binomialQuantile(0.5, 0, 0.5)).toBe(0);
});

test.each(special.binomialCdf)('mpmath, binomialCdf(%d, %d, %d)', (k, n, p, expected) => {
  expectClose(binomialCdf(k!, n!, p!), expected!, 1e-12);
});
