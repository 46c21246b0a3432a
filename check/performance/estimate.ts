import type { CheckMetrics } from '../../contract/check.ts';
import { estimateWithin } from '../../stats/calibration/cbpe-intervals.ts';
import type { Estimate, Outcome, Value } from '../../stats/outcome.ts';
import { type ScoredRow, scoredRows } from '../../stats/performance/labelled-scores.ts';
import { random } from '../../stats/random.ts';

/** Scores are gathered on this many steps between 0 and 1. */
const STEPS = 10_000;

const SEED = 20_261_126;

/** Labelled scores of the reference. */
interface Labelled {
  readonly label: readonly (number | null)[];
  readonly score: Float64Array;
}

/**
 * What to expect of a binary model's current rows without their labels: its scores are calibrated on the labelled reference
 * and taken at their word (confidence-based performance estimation), with intervals for what the labels will show. Null
 * unless the scores are probabilities. The first metric is roc_auc.
 */
export function estimateBinary(
  reference: Labelled,
  current: Float64Array,
  threshold: number,
): CheckMetrics | null {
  const known = scoredRows(reference);
  const asked = current.filter(Number.isFinite);
  const isProbability = (x: number) => x >= 0 && x <= 1;
  if (asked.length === 0 || known.length === 0) return null;
  if (!asked.every(isProbability) || !known.every(({ score }) => isProbability(score))) return null;
  const scores = [...gathered(asked, threshold)].map(([score, n]) => ({ score, n }));
  const estimate = estimateWithin(groupsOf(known), scores, { random: random(SEED), threshold });
  return {
    roc_auc: interval(estimate.rocAuc),
    accuracy: interval(estimate.accuracy),
    precision: interval(estimate.precision),
    recall: interval(estimate.recall),
    f1: interval(estimate.f1),
  };
}

/** The score at which predictions change sides in the reference; 0.5 where they overlap. */
export function decisionThreshold(score: Float64Array, prediction: readonly (number | null)[]): number {
  let highestNo = -Infinity;
  let lowestYes = Infinity;
  prediction.forEach((said, i) => {
    const x = score[i]!;
    if (!Number.isFinite(x)) return;
    if (said === 1) lowestYes = Math.min(lowestYes, x);
    if (said === 0) highestNo = Math.max(highestNo, x);
  });
  return Number.isFinite(lowestYes) && highestNo < lowestYes ? lowestYes : 0.5;
}

export function groupsOf(rows: readonly ScoredRow[]) {
  const groups = new Map<number, { score: number; n: number; positive: number }>();
  for (const { score, positive } of rows) {
    const step = Math.round(score * STEPS);
    const group = groups.get(step) ?? { score: step / STEPS, n: 0, positive: 0 };
    group.n += 1;
    group.positive += positive ? 1 : 0;
    groups.set(step, group);
  }
  return [...groups.values()].sort((a, b) => a.score - b.score);
}

/** How many rows have each score, on the steps. */
export function gathered(scores: Float64Array, threshold: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const score of scores) {
    const near = onItsSide(score, threshold);
    counts.set(near, (counts.get(near) ?? 0) + 1);
  }
  return counts;
}

/** The step next to a score, on the score's side of the threshold: a model of few scores decides exactly at one of them. */
function onItsSide(score: number, threshold: number): number {
  const near = Math.round(score * STEPS) / STEPS;
  if (near >= threshold === score >= threshold) return near;
  return score >= threshold ? threshold : (Math.ceil(threshold * STEPS) - 1) / STEPS;
}

function interval(outcome: Outcome<Value | Estimate>) {
  if (!('value' in outcome)) return { value: null, reason: outcome.reason };
  return 'low' in outcome
    ? { value: outcome.value, low: outcome.low, high: outcome.high }
    : { value: outcome.value };
}
