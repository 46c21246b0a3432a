import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/fairness.json' with { type: 'json' };
import { calibrationGap, groupCalibration } from './group-calibration.ts';

test.each(Object.entries(fixture.calibration))(
  'scipy: mean score − share of positives, %s, one row more of each label',
  (group, expected) => {
    const rows = fixture.sex.flatMap((sex, i) => (sex === group ? [i] : []));
    const { gap, n, error } = groupCalibration(group, {
      label: rows.map((i) => fixture.label[i]!),
      score: rows.map((i) => fixture.score[i]!),
    });
    if (!('value' in gap) || !('value' in error)) throw new Error('no value');
    expect(n).toBe(rows.length);
    expectClose(gap.value, expected.value, 1e-9);
    expectClose(gap.low, expected.low, 1e-9);
    expectClose(gap.high, expected.high, 1e-9);
    expect(error.value).toBeGreaterThanOrEqual(Math.abs(gap.value) - 1e-12);
  },
);

test('rows without label or probability are left out', () => {
  expect(groupCalibration('g', { label: [1, null, 0, 1], score: [0.5, 0.5, 1.5, null] })).toEqual({
    group: 'g',
    n: 1,
    gap: { reason: 'not_enough_data' },
    error: { reason: 'not_enough_data' },
  });
});

test('thirty rows whose scores were all right leave the interval open; it stays within −1 to 1', () => {
  const found = calibrationGap({ n: 30, sum: 0, sum2: 0 });
  expect(found).toMatchObject({ value: 0, low: expect.closeTo(-0.0458, 4), high: expect.closeTo(0.0458, 4) });
  expect(calibrationGap({ n: 2, sum: 2, sum2: 2 })).toMatchObject({ value: 1, high: 1 });
});
