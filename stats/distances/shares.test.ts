import { expect, test } from 'vitest';
import { onShares } from './shares.ts';

test('shares on the bins that either side occupies, smoothed when asked', () => {
  onShares([1, 0, 3], [0, 0, 2], 0, (shares) => {
    expect(shares).toEqual({ r: [0.25, 0.75], c: [0, 1], gaps: [-0.25, 0.25], m: 4, n: 2 });
    return { value: 0 };
  });
  onShares([1, 0, 3], [0, 0, 2], 0.5, ({ r, c }) => {
    expect(r).toEqual([0.3, 0.7]);
    expect(c[0]).toBeCloseTo(1 / 6, 12);
    return { value: 0 };
  });
});

test('what cannot be compared has a reason', () => {
  const never = () => ({ value: 1 });
  expect(onShares([1], [1, 2], 0, never)).toEqual({ reason: 'different_bins' });
  expect(onShares([0], [1], 0, never)).toEqual({ reason: 'not_enough_data' });
});
