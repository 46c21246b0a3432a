import type { CheckMetrics } from '../../contract/check.ts';
import { binaryMetrics, type Metrics } from '../../stats/performance/binary-rows.ts';
import { multiclassMetrics } from '../../stats/performance/multiclass-rows.ts';
import { regressionMetrics } from '../../stats/performance/regression-rows.ts';
import type { SampledColumn } from '../rows.ts';
import { asBinary, texts } from './classes.ts';
import type { Task } from './roles.ts';
import type { LabelledTable } from './rows.ts';

/** Every metric that the table's columns allow, or null without labels. */
export function metricsOf(
  task: Task,
  rows: LabelledTable,
  positive: string | null,
  threshold: number,
): Metrics | null {
  const { label, prediction, score } = rows;
  if (label === undefined || (prediction === undefined && score === undefined)) return null;
  if (task === 'regression')
    return prediction ? regressionMetrics({ label: numbers(label), prediction: numbers(prediction) }) : null;
  if (task === 'multiclass')
    return prediction ? multiclassMetrics({ label: texts(label), prediction: texts(prediction) }) : null;
  if (positive === null) return null;
  const all = binaryMetrics(
    {
      label: asBinary(label, positive),
      ...(prediction && { prediction: asBinary(prediction, positive) }),
      ...(score && { score: numbers(score) }),
    },
    threshold,
  );
  if (decides(rows)) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => RANKING.has(name)));
}

/** Metrics of the order of scores alone. */
const RANKING: ReadonlySet<string> = new Set(['roc_auc', 'pr_auc', 'ks', 'lift_10']);

/** Whether a binary task's columns tell what was decided: by predictions, or by scores that are probabilities. */
export function decides({ prediction, score }: LabelledTable): boolean {
  return prediction !== undefined || score === undefined || !numbers(score).some((x) => x < 0 || x > 1);
}

export function numbers(column: SampledColumn): Float64Array {
  return column instanceof Float64Array
    ? column
    : Float64Array.from(column, (text) => (text === null ? Number.NaN : Number(text)));
}

/** Metrics as a report has them. */
export function reported(metrics: Metrics | null): CheckMetrics | null {
  if (metrics === null) return null;
  return Object.fromEntries(
    Object.entries(metrics).map(([name, outcome]) => [
      name,
      'value' in outcome
        ? { value: outcome.value, low: outcome.low, high: outcome.high }
        : { value: null, reason: outcome.reason },
    ]),
  );
}
