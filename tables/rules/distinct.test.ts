import { expect, test } from 'vitest';
import { DistinctCount } from './distinct.ts';

function counted(texts: Iterable<string>): number {
  const count = new DistinctCount();
  for (const text of texts) count.add(text);
  return count.count;
}

function* numbered(n: number, times = 1) {
  for (let again = 0; again < times; again++) for (let i = 0; i < n; i++) yield `value ${i}`;
}

test.each([0, 1, 7, 8, 9, 100, 4096])('%d values are told apart exactly, however often they come', (n) => {
  expect(counted(numbered(n, 3))).toBe(n);
});

test.each([5_000, 100_000])('of %d values the number is within 5 %% (three standard errors)', (n) => {
  expect(Math.abs(counted(numbered(n, 2)) / n - 1)).toBeLessThan(0.05);
});
