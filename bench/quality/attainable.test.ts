import { expect, test } from 'vitest';
import { attainable, inGoal } from './attainable.ts';

test('coverages next to 95 % are sums of chances', () => {
  expect(attainable([0.74, 0.25, 0.01])).toEqual({ below: 0.75, above: expect.closeTo(0.99, 12) });
  expect(attainable([0.5, 0.45, 0.03, 0.02])).toEqual({ below: 0.95, above: expect.closeTo(0.97, 12) });
  expect(attainable([0, 0, 1])).toEqual({ below: 0, above: 1 });
  expect(attainable(new Array(100).fill(0.01))).toEqual({ below: 0.95, above: 0.95 });
});

test('the goal can be met where one of the two lies within it', () => {
  expect(inGoal({ below: 0.75, above: 0.99 })).toBe(false);
  expect(inGoal({ below: 0.75, above: 0.97 })).toBe(true);
  expect(inGoal({ below: 0.93, above: 1 })).toBe(true);
});
