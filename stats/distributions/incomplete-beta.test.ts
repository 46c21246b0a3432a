import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/special.json' with { type: 'json' };
import { beta, betaQuantile, logBeta, logBetaSplit } from './incomplete-beta.ts';

test.each(fixture.logBeta)('mpmath, logBeta(%d, %d, …)', (...row) => {
  const [x, y, z] = row;
  expectClose(logBeta(x!, y!, z!), row.at(-1)!, 1e-12);
});

test('ends, domain, quantile', () => {
  expect(beta(2, 3, 0)).toBe(0);
  expect(beta(2, 3, 1)).toBe(1);
  expect(() => logBeta(0, 1, 0.5)).toThrow(RangeError);
  expectClose(betaQuantile(1, 1, 0.3), 0.3, 1e-14);
  expectClose(beta(5, 2000, betaQuantile(5, 2000, 1e-9)), 1e-9, 1e-12);
  expect(betaQuantile(2, 2, 0)).toBe(0);
  expect(betaQuantile(2, 2, 1)).toBe(1);
  expectClose(logBetaSplit(2, 3, 1, 1e-30), -4e-90, 1e-12);
});
