import { expect, test } from 'vitest';
import { binaryMetrics } from '../../../stats/performance/binary-rows.ts';
import { multiclassMetrics } from '../../../stats/performance/multiclass-rows.ts';
import { regressionMetrics } from '../../../stats/performance/regression-rows.ts';
import { ABOUT_METRICS } from './about-metrics.ts';

test('a reader is told what every metric is', () => {
  const binary = { label: [true, false], prediction: [true, false], score: [0.8, 0.3] };
  const computed = [
    binaryMetrics(binary, 0.5),
    multiclassMetrics({ label: ['a', 'b'], prediction: ['a', 'b'] }),
    regressionMetrics({ label: [1, 2], prediction: [1, 3] }),
  ].flatMap((metrics) => Object.keys(metrics));
  expect(Object.keys(ABOUT_METRICS).sort()).toEqual([...new Set(computed)].sort());
});
