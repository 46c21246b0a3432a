import { expect, test } from 'vitest';
import { Budget } from './budget.ts';

const refused = expect.objectContaining({ code: 'too_many_requests', retryAfter: 1 });

test('one sender holds half at most, however many requests it opens, and another finds room', () => {
  const budget = new Budget(100);
  const [first, second, third] = [budget.open('a'), budget.open('a'), budget.open('a')];
  first.take(30);
  second.take(20);
  expect(() => third.take(1)).toThrow(refused);
  const other = budget.open('b');
  other.take(25);
  expect(() => other.take(1)).toThrow(refused);
  first.release();
  third.take(15);
  expect(budget.held).toBe(60);
});

test('with every sender more the shares are smaller, and there is always room for one more', () => {
  const budget = new Budget(1000);
  // One that is alone is not refused.
  budget.open('first').take(1);
  for (let sender = 1; sender <= 9; sender++) {
    let held = 0;
    const greedy = budget.open(String(sender));
    expect(() => {
      for (; held < 1000; held++) greedy.take(1);
    }).toThrow(refused);
    expect(held).toBeGreaterThan(0);
  }
  budget.open('honest').take(1);
});

test('who is alone gets through, however large', () => {
  const budget = new Budget(100);
  let times = 0;
  const [only, other] = [budget.open('a'), budget.open('b', () => times++)];
  only.take(80);
  only.take(80);
  expect(() => other.take(1)).toThrow(refused);
  expect(times).toBe(1);
  only.release();
  only.release();
  expect(budget.held).toBe(0);
  other.take(100);
});
