import type { CalibrationBin, ModelQuality, SweepPoint } from '../../../contract/quality.ts';
import { type Grid, gridEdge } from '../../../stats/asinh-grid.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import { type AnswerValues, answerValue } from '../../../stats/performance/answer-value.ts';
import { f1, precision, recall } from '../../../stats/performance/binary.ts';
import { confusionCells } from '../../../stats/performance/confusion.ts';
import { cellProbability, type LabelledScores, scoreCells } from '../../../stats/performance/score-cells.ts';
import { thresholdSweep } from '../../../stats/performance/threshold-sweep.ts';
import { CONFUSION_SEPARATOR, type Profile, present } from '../../profiles/profile.ts';
import { type Counted, measured } from './measured.ts';

/** Pairs that are listed: all of ten classes. */
const PAIRS = 100;

/** The commonest pairs of label and answer, the commonest first; null where none was counted. Pure. */
export function confusionOf(profile: Profile | undefined): ModelQuality['confusion'] {
  if (profile === undefined || present(profile) === 0) return null;
  const cells = confusionCells(profile.counts, CONFUSION_SEPARATOR)
    .map(({ actual, predicted, count }) => ({ actual, predicted, n: count }))
    .sort((a, b) => b.n - a.n || a.actual.localeCompare(b.actual))
    .slice(0, PAIRS);
  return { cells, other: present(profile) - cells.reduce((sum, { n }) => sum + n, 0) };
}

const BINS = 10;

/** Predicted against observed share of the positive class by tenths of the probability; tenths without rows are absent. Pure. */
export function calibrationOf(scores: LabelledScores, grid: Grid): CalibrationBin[] {
  const bins = Array.from({ length: BINS }, () => ({ n: 0, positive: 0, predicted: 0 }));
  for (const { index, positive, negative } of scoreCells(scores)) {
    const p = cellProbability(index, grid);
    const bin = bins[Math.min(BINS - 1, Math.floor(p * BINS))]!;
    bin.n += positive + negative;
    bin.positive += positive;
    bin.predicted += p * (positive + negative);
  }
  return bins.flatMap(({ n, positive, predicted }, i) => {
    const share = proportion(positive, n);
    if (!('value' in share)) return [];
    const { value: observed, low, high } = share;
    return [{ from: i / BINS, to: (i + 1) / BINS, predicted: predicted / n, observed, low, high, n }];
  });
}

const SHARES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * What would have come of other thresholds, by the share of predictions that they call positive. A threshold is the edge of a
 * cell, of probabilities one from 0 to 1. `values`: what answers are worth, where people said so. Pure.
 */
export function sweepOf(
  scores: LabelledScores,
  grid: Grid,
  { probable, values }: { readonly probable: boolean; readonly values: AnswerValues | null },
): SweepPoint[] {
  return thresholdSweep(scores, SHARES).map(({ cell, flagged, counts }) => {
    const n = counts.tp + counts.fp + counts.fn + counts.tn;
    const of = (metric: typeof precision) => measured({ ...metric(counts), n } as Counted);
    const value = values && of((some) => answerValue(some, values));
    const edge = gridEdge(cell, grid);
    const threshold = Number((probable ? Math.max(0, Math.min(1, edge)) : edge).toPrecision(6));
    return { threshold, flagged, precision: of(precision), recall: of(recall), f1: of(f1), value };
  });
}
