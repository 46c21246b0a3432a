import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/rows.json' with { type: 'json' };
import { multiclassMetrics, rowCells } from './multiclass-rows.ts';

const { label, prediction, metrics } = fixture.multiclass;
const probabilities = new Map(Object.entries(fixture.multiclass.probabilities));

test('scikit-learn: every metric, inside its interval', () => {
  const found = multiclassMetrics({ label, probabilities });
  expect(Object.keys(found)).toEqual(Object.keys(metrics));
  for (const [name, expected] of Object.entries(metrics)) {
    const metric = found[name]!;
    if (!('value' in metric)) throw new Error(`${name}: ${metric.reason}`);
    expectClose(metric.value, expected, 1e-9, name);
    expect(metric.low, name).toBeLessThan(metric.value);
    expect(metric.high, name).toBeGreaterThan(metric.value);
  }
  expect(multiclassMetrics({ label, prediction }).accuracy).toEqual(found.accuracy);
});

test('nothing given, rows without a label', () => {
  expect(multiclassMetrics({ label })).toEqual({});
  for (const metric of Object.values(multiclassMetrics({ label: [], prediction: [], probabilities })))
    expect(metric).toEqual({ reason: 'not_enough_data' });
  expect(rowCells(['a', null, 'a', 'b'], ['b', 'a', 'b', null])).toEqual([
    { actual: 'a', predicted: 'b', count: 2 },
  ]);
});
