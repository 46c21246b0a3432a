import type { Estimate, Outcome } from '../outcome.ts';
import { type Random, randomNormal } from '../random.ts';
import { bestCalibration, type CalibrationMap, calibrated } from './calibrate.ts';
import { type EstimatedPerformance, estimatePerformance, type ScoreCount } from './cbpe.ts';
import { fitIsotonic, type ScoredGroup } from './isotonic.ts';

/** An estimate of every metric, each with its interval. */
export type EstimatedWithin = {
  readonly [Name in keyof Omit<EstimatedPerformance, 'counts'>]: Outcome<Estimate>;
};

export interface EstimateOptions {
  readonly random: Random;
  /** Scores at or above it are predicted positive. Default 0.5. */
  readonly threshold?: number;
  /** Resamples. Default 200. */
  readonly rounds?: number;
}

const NAMES = ['accuracy', 'precision', 'recall', 'f1', 'rocAuc'] as const;
const ROUNDS = 200;
const TAIL = 0.025;
/** More scores than these are put together with their neighbours before they are drawn: of the reference, and of the rows. */
const REFERENCE_GROUPS = 50;
const CURRENT_GROUPS = 1000;

/**
 * Confidence-based performance estimation with 95 % intervals for what the labels of these rows will show: the reference is
 * drawn again (bootstrap), calibrated again in the freest way (isotonic), whatever map gave the value, and the labels to come are drawn from that calibration. So the intervals hold
 * the scatter of the labels and the calibration's own error, with few labelled rows the larger one. They cannot hold a change
 * of what a score means.
 * Source: NannyML, Confidence-based performance estimation; Efron and Tibshirani 1993, chapter 25, prediction intervals.
 * @param reference labelled scores. @param scores those of the current rows.
 * @example estimateWithin(groups, scores, { random: random(1) }).accuracy // { value: 0.87, low: 0.84, high: 0.90 }
 */
export function estimateWithin(
  reference: readonly ScoredGroup[],
  scores: readonly ScoreCount[],
  { random, threshold = 0.5, rounds = ROUNDS }: EstimateOptions,
): EstimatedWithin {
  const best = bestCalibration(reference);
  const plain = estimatePerformance(scores, best, threshold);
  const groups = together(reference, REFERENCE_GROUPS, () => 0);
  const rows = together(
    scores.map(({ score, n }) => ({ score, n, positive: 0 })),
    CURRENT_GROUPS,
    (score) => (score >= threshold ? 1 : 0),
  );
  const drawn = Object.fromEntries(NAMES.map((name) => [name, [] as number[]])) as Record<
    (typeof NAMES)[number],
    number[]
  >;
  for (let round = 0; round < rounds; round++) {
    const map = fitIsotonic(groups.map((group) => drawnAgain(group, random)));
    const shown = shownBy(rows, map, threshold, random);
    for (const name of NAMES) if (Number.isFinite(shown[name])) drawn[name].push(shown[name]);
  }
  const within = (name: (typeof NAMES)[number]): Outcome<Estimate> => {
    const outcome = plain[name];
    return 'value' in outcome ? around(outcome.value, drawn[name], rounds) : outcome;
  };
  return Object.fromEntries(NAMES.map((name) => [name, within(name)])) as unknown as EstimatedWithin;
}

/** The middle 95 % of what was drawn, with the value in it. */
function around(value: number, drawn: number[], rounds: number): Outcome<Estimate> {
  if (drawn.length < rounds / 2) return { reason: 'not_enough_data' };
  drawn.sort((a, b) => a - b);
  const at = (share: number) => drawn[Math.min(drawn.length - 1, Math.floor(share * drawn.length))]!;
  return { value, low: Math.min(value, at(TAIL)), high: Math.max(value, at(1 - TAIL)) };
}

/** Neighbouring scores of one side put together, so that about as many rows are in each group; ascending. */
function together(
  groups: readonly ScoredGroup[],
  most: number,
  sideOf: (score: number) => 0 | 1,
): readonly ScoredGroup[] {
  const sorted = groups.filter(({ n }) => n > 0).toSorted((a, b) => a.score - b.score);
  if (sorted.length <= most) return sorted;
  const all = sorted.reduce((sum, { n }) => sum + n, 0);
  const held = new Map<number, { score: number; n: number; positive: number }>();
  let before = 0;
  for (const { score, n, positive } of sorted) {
    const place = Math.floor((most * before) / all) + sideOf(score) * (most + 1);
    const group = held.get(place) ?? { score: 0, n: 0, positive: 0 };
    held.set(place, group);
    group.score += n * score;
    group.n += n;
    group.positive += positive;
    before += n;
  }
  return [...held.values()].map((group) => ({ ...group, score: group.score / group.n }));
}

/** How many of each kind a sample of the same size may hold. */
function drawnAgain({ score, n, positive }: ScoredGroup, random: Random): ScoredGroup {
  const hits = poisson(positive, random);
  return { score, n: hits + poisson(n - positive, random), positive: hits };
}

/** Metrics of labels drawn from the probabilities, as they would be realised. */
function shownBy(sorted: readonly ScoreCount[], map: CalibrationMap, threshold: number, random: Random) {
  let [tp, fp, fn, tn, won] = [0, 0, 0, 0, 0];
  for (const { score, n } of sorted) {
    const hits = binomial(n, calibrated(map, score), random);
    won += hits * (fp + tn + (n - hits) / 2);
    if (score >= threshold) {
      tp += hits;
      fp += n - hits;
    } else {
      fn += hits;
      tn += n - hits;
    }
  }
  return {
    accuracy: (tp + tn) / (tp + fp + fn + tn),
    precision: tp / (tp + fp),
    recall: tp / (tp + fn),
    f1: (2 * tp) / (2 * tp + fp + fn),
    rocAuc: won / ((tp + fn) * (fp + tn)),
  };
}

const MANY = 30;

function poisson(mean: number, random: Random): number {
  if (mean > MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * randomNormal(random)));
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > least; product *= random()) count++;
  return count;
}

function binomial(n: number, p: number, random: Random): number {
  const variance = n * p * (1 - p);
  if (variance > MANY)
    return Math.max(0, Math.min(n, Math.round(n * p + Math.sqrt(variance) * randomNormal(random))));
  let count = 0;
  for (let i = 0; i < n; i++) if (random() < p) count++;
  return count;
}
