import { directLoss } from '../../stats/estimation/direct-loss.ts';
import { regressionMetrics } from '../../stats/performance/regression-rows.ts';
import type { Random } from '../../stats/random.ts';
import { addHit, type Hits } from './hits.ts';
import { type RegressionTable, rowsOf } from './tables.ts';

export const DLE_METRICS = ['mae', 'rmse', 'r2'];

export function realisedRegression(table: RegressionTable, sample: Int32Array, hits: Hits): void {
  const [truth, found] = [
    metricsOf(
      table,
      Int32Array.from(table.label, (_, i) => i),
    ),
    metricsOf(table, sample),
  ];
  for (const metric of DLE_METRICS) {
    const [whole, part] = [truth[metric], found[metric]];
    if (whole && part && 'value' in whole) addHit(hits, metric, part, whole.value);
  }
}

export function estimatedRegression(
  table: RegressionTable,
  [reference, current]: Int32Array[],
  next: Random,
  hits: Hits,
): void {
  const of = (rows: Int32Array) => ({
    features: rowsOf(table.features, rows),
    prediction: Float64Array.from(rows, (row) => table.prediction[row]!),
    label: Float64Array.from(rows, (row) => table.label[row]!),
  });
  const { label: _, ...asked } = of(current!);
  const estimated = directLoss(of(reference!), asked, { random: next, folds: 3, trees: 40 });
  const mae = (rows: Int32Array) => (metricsOf(table, rows).mae as { value: number }).value;
  addHit(hits, 'mae', estimated, mae(current!), mae(reference!));
}

function metricsOf({ label, prediction }: RegressionTable, rows: Int32Array) {
  return regressionMetrics({
    label: Float64Array.from(rows, (row) => label[row]!),
    prediction: Float64Array.from(rows, (row) => prediction[row]!),
  });
}
