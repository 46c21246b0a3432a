import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/comparisons.json' with { type: 'json' };
import special from '../fixtures/special.json' with { type: 'json' };
import { logKolmogorovTail } from './kolmogorov.ts';

test.each(fixture.kolmogorovTail)('scipy kstwobign.sf(%d)', (x, p) => {
  expectClose(Math.exp(logKolmogorovTail(x!)), p!, 1e-11);
});

test('no distance, no doubt', () => {
  expect(logKolmogorovTail(0)).toBe(0);
  expectClose(logKolmogorovTail(100), Math.LN2 - 20_000, 1e-14);
});

test.each(special.kolmogorov)('mpmath, logKolmogorovTail(%d)', (x, expected) => {
  expectClose(logKolmogorovTail(x!), expected!, 1e-12);
});
