import { drawnCount } from '../estimation/drawn-count.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type Random, randomNormal } from '../random.ts';
import { type EstimatedPerformance, estimatePerformance, type ScoreCount } from './cbpe.ts';
import type { ScoredGroup } from './isotonic.ts';
import { nearestGroups, neighbourCalibration, neighbours } from './neighbours.ts';

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
/** More scores of the current rows than these are put together with their neighbours before labels are drawn for them. */
const CURRENT_GROUPS = 1000;

/**
 * Confidence-based performance estimation with 95 % intervals for what the labels of these rows will show: the reference is
 * drawn again (bootstrap), each group of neighbouring scores keeps the rate that it drew, without any shape, and the labels to come are
 * drawn from these rates. So the intervals hold the scatter of the labels and the calibration's own error, with few labelled rows the
 * larger one. They cannot hold a change of what a score means.
 * Source: NannyML, Confidence-based performance estimation; Efron and Tibshirani 1993, chapter 25, prediction intervals.
 * @param reference labelled scores. @param scores those of the current rows.
 * @example estimateWithin(groups, scores, { random: random(1) }).accuracy // { value: 0.87, low: 0.84, high: 0.90 }
 */
export function estimateWithin(
  reference: readonly ScoredGroup[],
  scores: readonly ScoreCount[],
  { random, threshold = 0.5, rounds = ROUNDS }: EstimateOptions,
): EstimatedWithin {
  const plain = estimatePerformance(scores, neighbourCalibration(reference, threshold), threshold);
  const groups = neighbours(reference, threshold);
  const rows = neighbours(scores.map(({ score, n }) => ({ score, n, positive: 0 })), threshold, CURRENT_GROUPS); // biome-ignore format: one call
  const places = nearestGroups(rows.map(({ score }) => score), groups, threshold); // biome-ignore format: one call
  const drawn = Object.fromEntries(NAMES.map((name) => [name, [] as number[]])) as Record<
    (typeof NAMES)[number],
    number[]
  >;
  const ends = pureEnds(groups);
  for (let round = 0; round < rounds && groups.length > 0; round++) {
    const rates = groups.map((group) => rateOf(drawnAgain(group, random)) ?? rateOf(group)!);
    for (const [from, to, label] of ends) {
      const strange = strangerRate(rowsIn(groups, from, to), random);
      rates.fill(label === 0 ? strange : 1 - strange, from, to);
    }
    const shown = shownBy(rows, (row) => rates[places[row]!]!, threshold, random);
    for (const name of NAMES) if (Number.isFinite(shown[name])) drawn[name].push(shown[name]);
  }
  const stretch = stretchOf(groups);
  const within = (name: (typeof NAMES)[number]): Outcome<Estimate> => {
    const outcome = plain[name];
    if (!('value' in outcome)) return outcome;
    return drawn[name].length < rounds / 2
      ? { reason: 'not_enough_data' }
      : around(outcome.value, drawn[name], stretch);
  };
  return Object.fromEntries(NAMES.map((name) => [name, within(name)])) as unknown as EstimatedWithin;
}

type End = readonly [from: number, to: number, label: 0 | 1];

/** The groups at either end of the scores that hold one class alone: no resample would ever show the other there. */
function pureEnds(groups: readonly ScoredGroup[]): End[] {
  const firstPositive = groups.findIndex(({ positive }) => positive > 0);
  const lastNegative = groups.findLastIndex(({ n, positive }) => positive < n);
  const ends: End[] = [
    [0, firstPositive < 0 ? groups.length : firstPositive, 0],
    [lastNegative + 1, groups.length, 1],
  ];
  return ends.filter(([from, to]) => from < to);
}

function rowsIn(groups: readonly ScoredGroup[], from: number, to: number): number {
  return groups.slice(from, to).reduce((sum, { n }) => sum + n, 0);
}

/** The share of a class that n rows did not show, drawn as Jeffreys' law has it of both ends together: half a row on average. */
function strangerRate(n: number, random: Random): number {
  const strangers = randomNormal(random) ** 2 / 4;
  return strangers / (n + strangers);
}

/** Rates of small groups are more certain of their own rows than of those to come: of k rows the variance within is (k − 1)/k of what it is. */
function stretchOf(groups: readonly ScoredGroup[]): number {
  const each = groups.reduce((sum, { n }) => sum + n, 0) / groups.length;
  return Math.sqrt(1 + 1 / Math.max(1, each - 1));
}

/** The middle 95 % of what was drawn, with the value in it. */
function around(value: number, drawn: number[], stretch: number): Estimate {
  drawn.sort((a, b) => a - b);
  // As many draws beyond each end as leave 95 % between them, the next draw counted among them.
  const beyond = Math.max(0, Math.floor(TAIL * (drawn.length + 1)) - 1);
  const middle = drawn[drawn.length >> 1]!;
  const bound = (x: number) => Math.max(0, Math.min(1, middle + stretch * (x - middle)));
  const [low, high] = [bound(drawn[beyond]!), bound(drawn[drawn.length - 1 - beyond]!)];
  return { value, low: Math.min(value, low), high: Math.max(value, high) };
}

function rateOf({ n, positive }: ScoredGroup): number | null {
  return n > 0 ? positive / n : null;
}

/** How many of each kind a sample of the same size may hold. */
function drawnAgain({ score, n, positive }: ScoredGroup, random: Random): ScoredGroup {
  const hits = drawnCount(positive, random);
  return { score, n: hits + drawnCount(n - positive, random), positive: hits };
}

/** Metrics of labels drawn from the chances, as they would be realised. */
function shownBy(
  sorted: readonly ScoreCount[],
  chanceOf: (row: number) => number,
  threshold: number,
  random: Random,
) {
  let [tp, fp, fn, tn, won] = [0, 0, 0, 0, 0];
  for (const [row, { score, n }] of sorted.entries()) {
    const hits = binomial(n, chanceOf(row), random);
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

function binomial(n: number, p: number, random: Random): number {
  const variance = n * p * (1 - p);
  if (variance > MANY)
    return Math.max(0, Math.min(n, Math.round(n * p + Math.sqrt(variance) * randomNormal(random))));
  let count = 0;
  for (let i = 0; i < n; i++) if (random() < p) count++;
  return count;
}
