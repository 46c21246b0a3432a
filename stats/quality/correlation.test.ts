import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/quality.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { correlation, correlationShift, ranks } from './correlation.ts';

test.each(fixture.correlations)('SciPy: %#', ({ x, y, pearson, low, high, spearman }) => {
  const linear = correlation({ x, y });
  const ranked = correlation({ x, y }, 'spearman');
  if (!('value' in linear && 'value' in ranked)) throw new Error('no value');
  expectClose(linear.value, pearson, 1e-9);
  expectClose(linear.low, low, 1e-9);
  expectClose(linear.high, high, 1e-9);
  expectClose(ranked.value, spearman, 1e-9);
});

test('constant, too few, not finite, exact', () => {
  expect(correlation({ x: [1, 1, 1, 1], y: [1, 2, 3, 4] })).toEqual({ reason: 'constant' });
  expect(correlation({ x: [1, 2, 3, NaN], y: [1, 2, 3, 4] })).toEqual({ reason: 'not_enough_data' });
  expect(correlation({ x: [1e300, 2e300, 3e300, 4e300], y: [4, 3, 2, 1] })).toMatchObject({
    value: expect.closeTo(-1, 12),
  });
  expect([...ranks([5, 1, 5])]).toEqual([2.5, 1, 2.5]);
});

test('the shift has an interval that covers', () => {
  const next = random(2);
  const pair = (n: number, r: number) => {
    const x = Array.from({ length: n }, () => randomNormal(next));
    return { x, y: x.map((v) => r * v + Math.sqrt(1 - r * r) * randomNormal(next)) };
  };
  let covered = { pearson: 0, spearman: 0 };
  for (let run = 0; run < 200; run++) {
    const [reference, current] = [pair(150, 0.7), pair(80, 0.7)];
    for (const method of ['pearson', 'spearman'] as const) {
      const found = correlationShift(reference, current, method);
      if ('value' in found && found.low <= 0 && 0 <= found.high)
        covered = { ...covered, [method]: covered[method] + 1 };
    }
  }
  expect(covered.pearson).toBeGreaterThan(180);
  expect(covered.spearman).toBeGreaterThan(180);
  expect(correlationShift({ x: [], y: [] }, pair(9, 0.1))).toEqual({ reason: 'not_enough_data' });
});
