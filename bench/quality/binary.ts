import { estimateBinary } from '../../check/performance/estimate.ts';
import { tryEstimates, weighed } from '../../check/performance/worth.ts';
import type { Estimate } from '../../stats/outcome.ts';
import { type BinaryRows, binaryMetrics, type Metrics } from '../../stats/performance/binary-rows.ts';
import { rowCalibrationCurve } from '../../stats/performance/scored-row-loss.ts';
import type { Random } from '../../stats/random.ts';
import { drawnFrom, drawnRows, type Found } from './hits.ts';
import type { BinaryTable } from './tables.ts';

export const THRESHOLD = 0.5;

/** Every metric of a sample, against that of the table that it was drawn from. */
export function realisedBinary(table: BinaryTable, n: number, next: Random): Found[] {
  return against(binaryMetrics(picked(table, drawnFrom(table.rows, n, next)), THRESHOLD), wholeOf(table));
}

/** What was found of a sample, beside the values of the whole. */
export function against(found: Metrics, whole: ReadonlyMap<string, number>): Found[] {
  return Object.entries(found).map(([metric, outcome]) => ({
    ...{ metric, outcome, truth: whole.get(metric) ?? Number.NaN },
  }));
}

/** Values by name; what has none is left out. */
export function valuesOf(metrics: Metrics): Map<string, number> {
  const all = Object.entries(metrics);
  return new Map(all.flatMap(([name, outcome]) => ('value' in outcome ? [[name, outcome.value]] : [])));
}

const wholes = new Map<string, Map<string, number>>();

/** The metrics of all rows of a table. */
export function wholeOf(table: BinaryTable): Map<string, number> {
  const known = wholes.get(table.name);
  if (known) return known;
  const values = valuesOf(binaryMetrics(table, THRESHOLD)).set('ece', eceOf(table));
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

/** The intervals of estimates for a second sample, whose labels then come, from a labelled first. */
export function estimatedBinary(table: BinaryTable, n: number, next: Random): Found[] {
  const [reference, current] = drawnRows(table.rows, n, next, 2).map((rows) => picked(table, rows));
  const plain = estimateBinary(reference!, current!.score, THRESHOLD);
  const tried = tryEstimates(reference!, THRESHOLD);
  const estimated = plain && tried ? weighed(plain, tried, { after: 0, length: 10 }) : plain;
  const [own, truth] = [binaryMetrics(reference!, THRESHOLD), binaryMetrics(current!, THRESHOLD)];
  return Object.entries(estimated ?? {}).flatMap(([metric, outcome]): Found[] => {
    const [before, after] = [own[metric]!, truth[metric]!];
    if (!('value' in before) || !('value' in after)) return [];
    return [{ metric, outcome: outcome as Estimate, truth: after.value, own: before.value }];
  });
}

/** Some rows of a table. */
export function picked(
  { label, score }: BinaryTable,
  rows: Int32Array,
): BinaryRows & { label: number[]; score: Float64Array } {
  return {
    label: Array.from(rows, (row) => label[row]!),
    score: Float64Array.from(rows, (row) => score[row]!),
  };
}
