import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/special.json' with { type: 'json' };
import { logHypergeometric } from './hypergeometric.ts';

test.each(fixture.logHypergeometric)('mpmath, logHypergeometric(%d, %d, %d, %d)', (...row) => {
  const [x, drawn, marked, total, expected] = row as [number, number, number, number, number];
  expectClose(logHypergeometric(x, drawn, marked, total), expected, 1e-12);
});

test('sums to 1; outside the support nothing', () => {
  let sum = 0;
  for (let x = 0; x <= 9; x++) sum += Math.exp(logHypergeometric(x, 9, 30, 45));
  expect(sum).toBeCloseTo(1, 13);
  expect(logHypergeometric(3, 2, 5, 10)).toBe(-Infinity);
  expect(logHypergeometric(0, 8, 5, 10)).toBe(-Infinity);
});
