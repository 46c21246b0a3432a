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
import { type Ahead, type LatentError, latentError } from '../../stats/estimation/latent-error.ts';
import type { Estimate } from '../../stats/outcome.ts';
import { type ScoredRow, scoredRows } from '../../stats/performance/labelled-scores.ts';
import { cellsOf, rowsOfCells, without } from './score-cells.ts';

/** Stretches of a reference that estimates are tried on. */
export const PARTS = 10;
const FEWEST_ROWS = 50;
/** Those that a sentence tells of though they count in full. */
const TOLD: readonly string[] = ['roc_auc', 'accuracy', 'f1'];
/** Less is added without a word. */
const LEAST_TOLD = 0.001;

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

const NOTHING: LatentError = { value: 0, variance: 0 };

/** What of the errors of weighed estimates is to be expected of rows that lie so far ahead; nothing where that is not known. */
function goesOn(told: readonly ToldEstimate[], ahead: Ahead | null): LatentError {
  if (ahead === null) return NOTHING;
  const weight = estimateWeight(told);
  // What is told is learned of the stretch itself, too, so that it is less far from its labels than what the others teach.
  const others = 1 - 1 / told.length;
  const past = told.map(({ estimate, own, truth }) => ({
    error: others * (truth - own - weight * (estimate.value - own)),
    variance: others ** 2 * estimate.variance,
  }));
  return latentError(past, ahead);
}

/**
 * How much estimates without labels have been worth on the reference: how far off they were on average, beside its own value; how
 * much of the way from that value to an estimate is therefore gone; and what of their errors is added of rows so far ahead.
 * @param ahead in stretches of the reference; null: not known.
 * @example estimateWorth(tryEstimates({ label, score }, 0.5)!, null) // { accuracy: { parts: 10, estimate: 0.012, reference: 0.016, weight: 1, added: 0 }, … }
 */
export function estimateWorth({ told: all }: Tried, ahead: Ahead | null): CheckEstimateWorth {
  const mean = (all: readonly number[]) => all.reduce((sum, x) => sum + x, 0) / all.length;
  return Object.fromEntries(
    [...all].map(([metric, told]) => [
      metric,
      {
        parts: told.length,
        estimate: mean(told.map(({ estimate, truth }) => Math.abs(estimate.value - truth))),
        reference: mean(told.map(({ own, truth }) => Math.abs(own - truth))),
        weight: estimateWeight(told),
        added: goesOn(told, ahead).value,
      },
    ]),
  );
}

/**
 * Estimates as they are told: those that the reference itself contradicts lie nearer to its own value (`weighedEstimate`), and where it is
 * known how far ahead the rows lie, what goes on of the errors so far is added (`latentError`); all others are what they were.
 */
export function weighed(
  estimated: CheckMetrics,
  { told: all, whole }: Tried,
  ahead: Ahead | null,
): CheckMetrics {
  return Object.fromEntries(
    Object.entries(estimated).map(([name, metric]) => {
      const told = all.get(name as CellMetric) ?? [];
      const { value, low, high } = metric;
      const own = cellMetric(name as CellMetric, whole);
      if (value === null || low == null || high == null || !('value' in own)) return [name, metric];
      if (estimateWeight(told) === 1 && ahead === null) return [name, metric];
      const variance = (Math.max(value - low, high - value) / Z_TWO_SIDED_95) ** 2;
      const found = weighedEstimate({ value, low, high, variance }, own.value, told);
      if (ahead !== null) return [name, withLatent(found.value, { value, low, high }, goesOn(told, ahead))];
      return [name, { value: found.value, low: found.low, high: found.high }];
    }),
  );
}

/** The latent error stands for all that weighed estimates were wrong by beyond their variances; either side is wider by it. */
function withLatent(weighed: number, { value, low, high }: Estimate, latent: LatentError): Estimate {
  const inside = (x: number) => Math.max(0, Math.min(1, x));
  const told = inside(weighed + latent.value);
  const reach = (side: number) => Math.hypot(side, Z_TWO_SIDED_95 * Math.sqrt(latent.variance));
  return { value: told, low: inside(told - reach(value - low)), high: inside(told + reach(high - value)) };
}

/** What a reader should know of the estimates, a sentence for each metric. */
export function worthSentences(worth: CheckEstimateWorth): string[] {
  return Object.entries(worth)
    .filter(([metric, { weight }]) => TOLD.includes(metric) || weight < 1)
    .map(([metric, { parts, estimate, reference, weight, added }]) => {
      const verdict = estimate < reference ? '' : ': the reference’s own value is the better guess';
      const told =
        weight < 1
          ? `; what is told goes ${Math.round(100 * weight)} % of the way from that value to what the scores promise`
          : '';
      const latent =
        Math.abs(added) >= LEAST_TOLD
          ? `; ${short(Math.abs(added))} is ${added < 0 ? 'taken off' : 'added'}, since errors of parts before it went on`
          : '';
      return `in ${parts} parts of the reference the estimate of ${metric} was wrong by ${short(estimate)} on average, the reference’s own value by ${short(reference)}${verdict}${told}${latent}`;
    });
}

function short(x: number): string {
  return String(Number(x.toPrecision(2)));
}
