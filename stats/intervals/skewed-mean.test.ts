import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/skewed-mean.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { mean } from './mean.ts';
import { skewedMean, skewedMeanOf } from './skewed-mean.ts';

test.each(fixture)('scipy, the cubic solved by a root finder: $low, $high', ({ numbers, low, high }) => {
  const found = skewedMean(numbers);
  if (!('value' in found)) throw new Error(found.reason);
  expectClose(found.low, low, 1e-8);
  expectClose(found.high, high, 1e-8);
});

test('without skewness it is Student’s; a constant is sure; too few and too large are named', () => {
  const student = mean({ n: 5, sum: 15, sum2: 55 });
  if (!('value' in student)) throw new Error(student.reason);
  expect(skewedMean([1, 2, 3, 4, 5])).toMatchObject({
    value: 3,
    low: expect.closeTo(student.low, 12),
    high: expect.closeTo(student.high, 12),
  });
  expect(skewedMean([2, 2, 2])).toEqual({ value: 2, low: 2, high: 2 });
  expect(skewedMean([1])).toEqual({ reason: 'not_enough_data' });
  expect(skewedMeanOf({ n: 2, sum: Infinity, sum2: Infinity, sum3: Infinity })).toEqual({
    reason: 'not_finite',
  });
});

test('sums say what the numbers say, whatever the offset', () => {
  const numbers = [0, 0, 1, 7];
  const sums = { n: 4, sum: 8, sum2: 50, sum3: 344 };
  expect(skewedMeanOf(sums)).toEqual(skewedMean(numbers));
  const far = skewedMean(numbers.map((x) => x + 1e9));
  const near = skewedMean(numbers);
  if (!('value' in far && 'value' in near)) throw new Error('no value');
  expect(far.high - 1e9).toBeCloseTo(near.high, 6);
});

test('of skewed losses it holds what it says, and misses on both sides alike', () => {
  const next = random(11);
  const runs = 2000;
  let [above, below] = [0, 0];
  for (let run = 0; run < runs; run++) {
    // Squares of normal numbers, of mean 1.
    const found = skewedMean(Array.from({ length: 60 }, () => randomNormal(next) ** 2));
    if (!('value' in found)) throw new Error(found.reason);
    if (found.high < 1) above++;
    if (found.low > 1) below++;
  }
  expect((above + below) / runs).toBeLessThan(0.07);
  expect((above + below) / runs).toBeGreaterThan(0.03);
  expect(above).toBeLessThan(0.045 * runs);
});
