import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/quality.json' with { type: 'json' };
import { random } from '../random.ts';
import { sampleOf } from '../sample.ts';
import { quantileShift, sampleQuantile } from './quantile-shift.ts';

test.each(fixture.shifts)('numpy: quantiles %#', ({ reference, current, quantiles }) => {
  for (const { p, before, shift } of quantiles) {
    const found = sampleQuantile(sampleOf(reference), p);
    const moved = quantileShift(sampleOf(reference), sampleOf(current), p);
    if (!('value' in found && 'value' in moved)) throw new Error('no value');
    expectClose(found.value, before, 1e-9);
    expectClose(moved.value, shift, 1e-9);
    expect(moved.low).toBeLessThanOrEqual(moved.value);
  }
});

test('the interval covers', () => {
  const next = random(13);
  let covered = 0;
  for (let run = 0; run < 200; run++) {
    const side = () => sampleOf(Array.from({ length: 200 }, next));
    const found = quantileShift(side(), side(), 0.9);
    if ('value' in found && found.low <= 0 && 0 <= found.high) covered++;
  }
  expect(covered).toBeGreaterThan(184);
});

test('too few for an interval', () => {
  expect(sampleQuantile(sampleOf([1, 2, 3]), 0.5)).toEqual({ reason: 'not_enough_data' });
  expect(quantileShift(sampleOf([]), sampleOf([1]), 0.5)).toEqual({ reason: 'not_enough_data' });
});
