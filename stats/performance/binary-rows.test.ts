import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/rows.json' with { type: 'json' };
import { binaryMetrics, binaryRowCounts } from './binary-rows.ts';

const { label, score, threshold, metrics } = fixture.binary;

test('scikit-learn and SciPy: every metric, inside its interval', () => {
  const found = binaryMetrics({ label, score }, threshold);
  expect(Object.keys(found)).toEqual([...Object.keys(metrics), 'ece']);
  for (const [name, expected] of Object.entries(metrics)) {
    const metric = found[name]!;
    if (!('value' in metric)) throw new Error(`${name}: ${metric.reason}`);
    expectClose(metric.value, expected, 1e-9, name);
    expect(metric.low, name).toBeLessThan(metric.value);
    expect(metric.high, name).toBeGreaterThan(metric.value);
  }
});

test('what is given decides what is measured', () => {
  const prediction = score.map((s) => s >= threshold);
  const decided = binaryMetrics({ label, prediction });
  expect(Object.keys(decided)).toEqual(['accuracy', 'precision', 'recall', 'f1', 'balanced_accuracy', 'mcc']);
  expect(decided.mcc).toEqual(binaryMetrics({ label, score }, threshold).mcc);
  expect(binaryMetrics({ label })).toEqual({});
  const margins = binaryMetrics({ label, score: score.map((s) => 8 * s - 4) });
  expect(margins).not.toHaveProperty('log_loss');
  expect(margins.roc_auc).toEqual(binaryMetrics({ label, score }).roc_auc);
});

test('bad rows never lose good ones; nothing is named', () => {
  const more = binaryMetrics(
    { label: [...label, null, 1, 7, 0], score: [...score, 0.3, Number.NaN, 0.2, null] },
    threshold,
  );
  expect(more).toEqual(binaryMetrics({ label, score }, threshold));
  for (const metric of Object.values(binaryMetrics({ label: [], score: [], prediction: [] })))
    expect(metric).toEqual({ reason: 'not_enough_data' });
  expect(binaryMetrics({ label: [1, 1], score: [0.2, 0.3] }).roc_auc).toEqual({ reason: 'single_class' });
  expect(binaryRowCounts([true, 0, null, 1], [1, 1, 1, null])).toEqual({ tp: 1, fp: 1, fn: 0, tn: 0 });
});
