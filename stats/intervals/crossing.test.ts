import { expect, test } from 'vitest';
import { crossing } from './crossing.ts';

test.each([
  ['a root', (x: number) => 2 - x * x, 0, 2, Math.SQRT2],
  ['a line', (x: number) => 1 - 4 * x, 0, 1, 0.25],
  ['a bend that holds one end', (x: number) => Math.exp(-20 * x) - 1e-6, 0, 4, Math.log(1e6) / 20],
  ['a step, nearly', (x: number) => -Math.tanh(1e4 * (x - 0.3)), 0, 1, 0.3],
])('%s', (_, f, low, high, expected) => {
  let calls = 0;
  const counting = (x: number) => {
    calls++;
    return f(x);
  };
  const found = crossing(counting, low, high);
  expect(found).toBeCloseTo(expected, 8);
  expect(calls).toBeLessThan(60);
});
