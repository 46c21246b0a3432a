import { directLoss } from '../../stats/estimation/direct-loss.ts';
import type { LabelledValues } from '../../stats/performance/labelled-values.ts';
import { pinballLoss } from '../../stats/performance/pinball-loss.ts';
import { regressionMetrics } from '../../stats/performance/regression-rows.ts';
import type { Random } from '../../stats/random.ts';
import { against, valuesOf } from './binary.ts';
import { drawnFrom, drawnRows, type Found } from './hits.ts';
import { type RegressionTable, rowsOf } from './tables.ts';

const HIGH = 0.9;

export function realisedRegression(table: RegressionTable, n: number, next: Random): Found[] {
  return against(metricsOf(values(table, drawnFrom(table.rows, n, next))), wholeOf(table));
}

const wholes = new Map<string, Map<string, number>>();

/** The metrics of all rows of a table. */
export function wholeOf(table: RegressionTable): Map<string, number> {
  const known = wholes.get(table.name) ?? valuesOf(metricsOf(table));
  wholes.set(table.name, known);
  return known;
}

function metricsOf(rows: LabelledValues) {
  return { ...regressionMetrics(rows), pinball_90: pinballLoss(rows, HIGH) };
}

/** The estimated mean absolute error of a second sample, whose labels then come, from a labelled first. */
export function estimatedRegression(table: RegressionTable, n: number, next: Random): Found[] {
  const [reference, current] = drawnRows(table.rows, n, next, 2);
  const of = (rows: Int32Array) => ({ features: rowsOf(table.features, rows), ...values(table, rows) });
  const { label: _, ...asked } = of(current!);
  const outcome = directLoss(of(reference!), asked, { random: next, folds: 3, trees: 40 });
  const mae = (rows: Int32Array) => valuesOf(metricsOf(values(table, rows))).get('mae')!;
  return [{ metric: 'mae', outcome, truth: mae(current!), own: mae(reference!) }];
}

/** Some rows of a table. */
export function values({ label, prediction }: RegressionTable, rows: Int32Array): LabelledValues {
  const of = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  return { label: of(label), prediction: of(prediction) };
}
