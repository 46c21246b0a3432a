import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/library.json' with { type: 'json' };
import { random } from '../random.ts';
import { estimatePerformance } from './cbpe.ts';
import { fitIsotonic } from './isotonic.ts';

test('numpy: expected metrics of calibrated scores', () => {
  const { groups, cbpe } = fixture.calibration;
  const estimated = estimatePerformance(groups, fitIsotonic(groups));
  for (const name of ['accuracy', 'precision', 'recall', 'f1', 'rocAuc'] as const) {
    const metric = estimated[name];
    if (!('value' in metric)) throw new Error(metric.reason);
    expectClose(metric.value, cbpe[name], 1e-9, name);
  }
});

test('with calibrated scores the realised accuracy lies in the interval', () => {
  const next = random(5);
  let covered = 0;
  for (let run = 0; run < 100; run++) {
    const scores = Array.from({ length: 300 }, () => ({ score: next(), n: 1 }));
    const right = scores.filter(({ score }) => next() < score === score >= 0.5).length / 300;
    const { accuracy } = estimatePerformance(scores, { kind: 'none' });
    if ('value' in accuracy && accuracy.low <= right && right <= accuracy.high) covered++;
  }
  expect(covered).toBeGreaterThan(88);
});

test('no scores, no positives, one class', () => {
  const nothing = estimatePerformance([], { kind: 'none' });
  for (const name of ['accuracy', 'precision', 'recall', 'f1', 'rocAuc'] as const) {
    expect(nothing[name]).toEqual({ reason: 'not_enough_data' });
  }
  const zeros = estimatePerformance([{ score: 0, n: 10 }], { kind: 'none' });
  expect(zeros).toMatchObject({
    accuracy: { value: 1 },
    precision: { reason: 'undefined_ratio' },
    rocAuc: { reason: 'single_class' },
  });
});
