import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { medianAbsoluteError } from './median-absolute-error.ts';

test('the interval covers the median', () => {
  const next = random(9);
  let covered = 0;
  for (let run = 0; run < 200; run++) {
    const prediction = Array.from({ length: 101 }, () => next());
    const found = medianAbsoluteError({ label: prediction.map(() => 0), prediction });
    if ('value' in found && found.low <= 0.5 && 0.5 <= found.high) covered++;
  }
  expect(covered).toBeGreaterThan(182);
});

test('even counts, too few', () => {
  const six = { label: [0, 0, 0, 0, 0, 0], prediction: [1, 2, 3, 4, 5, 600] };
  expect(medianAbsoluteError(six)).toEqual({ value: 3.5, low: 1, high: 600 });
  expect(medianAbsoluteError({ label: [1, 2], prediction: [1, 2] })).toEqual({ reason: 'not_enough_data' });
});
