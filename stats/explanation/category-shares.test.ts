import { expect, test } from 'vitest';
import { nearestShares, sharesGap, sharesMixed, sharesOf } from './category-shares.ts';

const a = sharesOf(
  new Map([
    ['x', 3],
    ['y', 1],
  ]),
);
const b = sharesOf(
  new Map([
    ['y', 1],
    ['z', 1],
  ]),
);

test('shares, their gap from 0 to 1, and their mixture', () => {
  expect([...a.values()]).toEqual([0.75, 0.25]);
  expect(sharesGap(a, a)).toBe(0);
  expect(sharesGap(a, b)).toBeCloseTo(0.75, 12);
  expect(sharesGap(a, sharesOf(new Map([['q', 1]])))).toBe(1);
  expect(sharesMixed(a, b, 0.5).get('y')).toBeCloseTo(0.375, 12);
});

test('finds how much of one came into the other', () => {
  expect(nearestShares(a, b, sharesMixed(a, b, 0.4))).toMatchObject({ share: 0.4 });
});
