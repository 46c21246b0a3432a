import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/quality.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { sampleOf } from '../sample.ts';
import { meanShift, varianceShift } from './moment-shift.ts';

test.each(fixture.shifts)('SciPy: Welch’s interval; numpy: ratio of variances: %#', (expected) => {
  const [reference, current] = [sampleOf(expected.reference), sampleOf(expected.current)];
  const mean = meanShift(reference, current);
  const variance = varianceShift(reference, current);
  if (!('value' in mean && 'value' in variance)) throw new Error('no value');
  expectClose(mean.value, expected.mean, 1e-9);
  expectClose(mean.low, expected.low, 1e-9);
  expectClose(mean.high, expected.high, 1e-9);
  expectClose(mean.standardised!, expected.standardised, 1e-9);
  expectClose(variance.value, expected.variance, 1e-9);
  expectClose(Math.log(variance.high / variance.value), expected.varianceReach, 1e-9);
});

test('the interval of the variances covers, heavy tails too', () => {
  const next = random(12);
  for (const draw of [() => randomNormal(next), () => -Math.log(1 - next())]) {
    let covered = 0;
    for (let run = 0; run < 200; run++) {
      const side = () => sampleOf(Array.from({ length: 400 }, draw));
      const found = varianceShift(side(), side());
      if ('value' in found && found.low <= 1 && 1 <= found.high) covered++;
    }
    expect(covered / 200).toBeGreaterThan(0.9);
  }
});

test('constant and empty sides', () => {
  const [none, same, some] = [sampleOf([]), sampleOf([2, 2, 2, 2]), sampleOf([1, 2, 3, 4])];
  expect(meanShift(none, some)).toEqual({ reason: 'not_enough_data' });
  expect(meanShift(same, same)).toEqual({ value: 0, low: 0, high: 0, standardised: null });
  expect(varianceShift(same, some)).toEqual({ reason: 'constant' });
  expect(varianceShift(some, sampleOf([1]))).toEqual({ reason: 'not_enough_data' });
  expect(meanShift(some, sampleOf([1e308, -1e308]))).toEqual({ reason: 'not_finite' });
});
