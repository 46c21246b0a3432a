import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/rows.json' with { type: 'json' };
import { regressionMetrics } from './regression-rows.ts';

const { label, prediction, metrics } = fixture.regression;

test('scikit-learn: every metric, inside its interval', () => {
  const found = regressionMetrics({ label, prediction });
  expect(Object.keys(found)).toEqual(Object.keys(metrics));
  for (const [name, expected] of Object.entries(metrics)) {
    const metric = found[name]!;
    if (!('value' in metric)) throw new Error(`${name}: ${metric.reason}`);
    expectClose(metric.value, expected, 1e-9, name);
    expect(metric.low, name).toBeLessThan(metric.value);
    expect(metric.high, name).toBeGreaterThan(metric.value);
  }
});

test('constant labels, too few rows, bad rows, a large offset', () => {
  expect(regressionMetrics({ label: [3, 3, 3], prediction: [1, 2, 3] }).r2).toEqual({ reason: 'constant' });
  for (const metric of Object.values(regressionMetrics({ label: [1], prediction: [1] })))
    expect(metric).toEqual({ reason: 'not_enough_data' });
  const more = { label: [...label, Number.NaN, 1], prediction: [...prediction, 1, Infinity] };
  expect(regressionMetrics(more)).toEqual(regressionMetrics({ label, prediction }));
  const far = regressionMetrics({ label: [1e9, 1e9 + 1, 1e9 + 2], prediction: [1e9, 1e9 + 1, 1e9 + 2.5] });
  expect(far.r2).toMatchObject({ value: expect.closeTo(1 - 0.25 / 2, 9) });
});
