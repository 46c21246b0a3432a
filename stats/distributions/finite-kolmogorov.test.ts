import { expect, test } from 'vitest';
import points from '../fixtures/kolmogorov.json' with { type: 'json' };
import { finiteKolmogorovTail } from './finite-kolmogorov.ts';

test.each(points)('scipy.stats.kstwo: n = %d, x = %d', (n, x, p) => {
  const ours = finiteKolmogorovTail(n!, x!);
  expect(Math.abs(ours - p!)).toBeLessThanOrEqual(1e-11);
  // far into the tail it is the ratio that counts
  if (p! > 0 && p! < 1e-3) expect(ours / p!).toBeCloseTo(1, 9);
});

test('nothing reaches a gap of 1, everything one of nearly 0', () => {
  expect(finiteKolmogorovTail(7, 1)).toBe(0);
  expect(finiteKolmogorovTail(7, 0.05)).toBe(1);
});
