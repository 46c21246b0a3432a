import { estimateWithin } from '../../stats/calibration/cbpe-intervals.ts';
import { binaryMetrics } from '../../stats/performance/binary-rows.ts';
import { rowCalibrationCurve } from '../../stats/performance/scored-row-loss.ts';
import type { Random } from '../../stats/random.ts';
import { addHit, type Hits } from './hits.ts';
import type { BinaryTable } from './tables.ts';

export const BINARY_METRICS = [
  'accuracy',
  'precision',
  'recall',
  'f1',
  'roc_auc',
  'log_loss',
  'brier',
  'ece',
];
const ESTIMATES = {
  accuracy: 'accuracy',
  precision: 'precision',
  recall: 'recall',
  f1: 'f1',
  roc_auc: 'rocAuc',
} as const;

/** The intervals of a sample's metrics, against the metrics of all rows. */
export function realisedBinary(table: BinaryTable, sample: Int32Array, hits: Hits): void {
  const truth = wholeOf(table);
  const found = metricsOf(table, sample);
  for (const metric of BINARY_METRICS) addHit(hits, metric, found[metric]!, truth.get(metric)!);
}

const wholes = new Map<string, Map<string, number>>();

function wholeOf(table: BinaryTable): Map<string, number> {
  const known = wholes.get(table.name);
  if (known) return known;
  const all = metricsOf(
    table,
    Int32Array.from(table.label, (_, i) => i),
  );
  const values = new Map(BINARY_METRICS.map((metric) => [metric, (all[metric] as { value: number }).value]));
  values.set('ece', eceOf(table));
  wholes.set(table.name, values);
  return values;
}

/** With so many rows chance makes the error of calibration hardly larger than it is. */
function eceOf({ label, score, rows }: BinaryTable): number {
  const curve = rowCalibrationCurve({ label: [...label], score });
  return curve.reduce(
    (sum, { observed, predicted, n }) => sum + (n / rows) * Math.abs(observed - predicted),
    0,
  );
}

/** The intervals of estimates for the second sample, whose labels then come, from the labelled first. */
export function estimatedBinary(
  table: BinaryTable,
  [reference, current]: Int32Array[],
  next: Random,
  hits: Hits,
): void {
  const groups = Array.from(reference!, (row) => ({
    score: table.score[row]!,
    n: 1,
    positive: table.label[row]!,
  }));
  const scores = Array.from(current!, (row) => ({ score: table.score[row]!, n: 1 }));
  const estimated = estimateWithin(groups, scores, { random: next });
  const [own, truth] = [metricsOf(table, reference!), metricsOf(table, current!)];
  for (const [metric, name] of Object.entries(ESTIMATES)) {
    const [before, after] = [own[metric]!, truth[metric]!];
    if ('value' in before && 'value' in after)
      addHit(hits, metric, estimated[name], after.value, before.value);
  }
}

function metricsOf({ label, score }: BinaryTable, rows: Int32Array) {
  return binaryMetrics(
    { label: Array.from(rows, (row) => label[row]!), score: Float64Array.from(rows, (row) => score[row]!) },
    0.5,
  );
}
