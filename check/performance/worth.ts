import type { CheckEstimateWorth, CheckMetrics } from '../../contract/check.ts';
import { Z_TWO_SIDED_95 } from '../../stats/distributions/normal.ts';
import { estimateCells, learnCells } from '../../stats/estimation/cell-estimate.ts';
import {
  CELL_METRICS,
  type CellMetric,
  type ClassCells,
  cellMetric,
} from '../../stats/estimation/cell-metrics.ts';
import {
  estimateWeight,
  type ToldEstimate,
  weighedEstimate,
} from '../../stats/estimation/estimate-weight.ts';
import { type ScoredRow, scoredRows } from '../../stats/performance/labelled-scores.ts';
import { cellsOf, rowsOfCells, without } from './score-cells.ts';

const PARTS = 10;
const FEWEST_ROWS = 50;
/** Those that a sentence tells of though they count in full. */
const TOLD: readonly string[] = ['roc_auc', 'accuracy', 'f1'];

/** Estimates of parts of the reference, each with what its labels show, and all of its labelled rows. */
export interface Tried {
  readonly told: ReadonlyMap<CellMetric, readonly ToldEstimate[]>;
  readonly whole: ClassCells;
}

/**
 * Estimates without labels tried on the reference: in each of ten stretches of its rows, in their order, every metric is estimated from
 * what the other nine teach, beside what those nine are themselves and what the labels of the stretch show. So a reference in the order
 * of time tells whether scores go on meaning what they meant. Null with fewer than 500 rows, or scores that are no probabilities.
 */
export function tryEstimates(
  reference: { readonly label: readonly (number | null)[]; readonly score: Float64Array },
  threshold: number,
): Tried | null {
  const rows = scoredRows(reference);
  if (rows.length < PARTS * FEWEST_ROWS || rows.some(({ score }) => score < 0 || score > 1)) return null;
  const parts = stretches(rows).map((part) => cellsOf(part, threshold));
  const whole = cellsOf(rows, threshold);
  const all = new Map<CellMetric, ToldEstimate[]>();
  for (const part of parts) {
    const others = without(whole, part);
    const learned = learnCells(others);
    if ('reason' in learned) continue;
    for (const metric of CELL_METRICS) {
      const estimate = estimateCells(metric, learned, rowsOfCells(part));
      const [own, truth] = [cellMetric(metric, others), cellMetric(metric, part)];
      if (!('value' in estimate && 'value' in own && 'value' in truth)) continue;
      all.set(metric, [...(all.get(metric) ?? []), { estimate, own: own.value, truth: truth.value }]);
    }
  }
  return { told: all, whole };
}

function stretches(rows: readonly ScoredRow[]): ScoredRow[][] {
  const cut = (part: number) => Math.round((part * rows.length) / PARTS);
  return Array.from({ length: PARTS }, (_, part) => rows.slice(cut(part), cut(part + 1)));
}

/**
 * How much estimates without labels have been worth on the reference: how far off they were on average, beside its own value, and how
 * much of the way from that value to an estimate is therefore gone.
 * @example estimateWorth(tryEstimates({ label, score }, 0.5)!) // { accuracy: { parts: 10, estimate: 0.012, reference: 0.016, weight: 1 }, … }
 */
export function estimateWorth({ told: all }: Tried): CheckEstimateWorth {
  const mean = (all: readonly number[]) => all.reduce((sum, x) => sum + x, 0) / all.length;
  return Object.fromEntries(
    [...all].map(([metric, told]) => [
      metric,
      {
        parts: told.length,
        estimate: mean(told.map(({ estimate, truth }) => Math.abs(estimate.value - truth))),
        reference: mean(told.map(({ own, truth }) => Math.abs(own - truth))),
        weight: estimateWeight(told),
      },
    ]),
  );
}

/**
 * Estimates as they are told: those that the reference itself contradicts lie nearer to its own value (`weighedEstimate`), all others
 * are what they were.
 */
export function weighed(estimated: CheckMetrics, { told: all, whole }: Tried): CheckMetrics {
  return Object.fromEntries(
    Object.entries(estimated).map(([name, metric]) => {
      const told = all.get(name as CellMetric) ?? [];
      const { value, low, high } = metric;
      const own = cellMetric(name as CellMetric, whole);
      if (value === null || low == null || high == null || !('value' in own)) return [name, metric];
      if (estimateWeight(told) === 1) return [name, metric];
      const variance = (Math.max(value - low, high - value) / Z_TWO_SIDED_95) ** 2;
      const found = weighedEstimate({ value, low, high, variance }, own.value, told);
      return [name, { value: found.value, low: found.low, high: found.high }];
    }),
  );
}

/** What a reader should know of the estimates, a sentence for each metric. */
export function worthSentences(worth: CheckEstimateWorth): string[] {
  return Object.entries(worth)
    .filter(([metric, { weight }]) => TOLD.includes(metric) || weight < 1)
    .map(([metric, { parts, estimate, reference, weight }]) => {
      const verdict = estimate < reference ? '' : ': the reference’s own value is the better guess';
      const told =
        weight < 1
          ? `; what is told goes ${Math.round(100 * weight)} % of the way from that value to what the scores promise`
          : '';
      return `in ${parts} parts of the reference the estimate of ${metric} was wrong by ${short(estimate)} on average, the reference’s own value by ${short(reference)}${verdict}${told}`;
    });
}

function short(x: number): string {
  return String(Number(x.toPrecision(2)));
}
