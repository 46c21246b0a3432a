import { expect, test } from 'vitest';
import { Budget } from './budget.ts';

test('bytes beyond the limit are refused while others hold some', () => {
  const budget = new Budget(100);
  const [first, second] = [budget.open(), budget.open()];
  first.take(60);
  second.take(40);
  expect(() => second.take(1)).toThrow(expect.objectContaining({ code: 'too_many_requests', retryAfter: 1 }));
  first.release();
  second.take(60);
  expect(budget.held).toBe(100);
});

test('who is alone gets through, however large', () => {
  const budget = new Budget(100);
  let refused = 0;
  const [only, other] = [budget.open(), budget.open(() => refused++)];
  only.take(80);
  only.take(80);
  expect(() => other.take(1)).toThrow();
  expect(refused).toBe(1);
  only.release();
  only.release();
  expect(budget.held).toBe(0);
});
