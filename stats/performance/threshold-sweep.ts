import type { BinaryCounts } from './confusion.ts';
import { type LabelledScores, scoreCells } from './score-cells.ts';

/** All that scored in `cell` or above is called positive. */
export interface SweptThreshold {
  readonly cell: number;
  /** Share of the rows that are called positive, in (0, 1]. */
  readonly flagged: number;
  readonly counts: BinaryCounts;
}

/**
 * The four counts at falling thresholds, one for each share of rows to be flagged: the highest cell at which at least that
 * share is. Shares that end in one cell are one threshold; no rows, no thresholds. Pure.
 * @param shares Rising, each in (0, 1].
 * @example thresholdSweep({ positive: new Map([[5, 1]]), negative: new Map([[1, 3]]) }, [0.25])[0].counts // { tp: 1, fp: 0, fn: 0, tn: 3 }
 */
export function thresholdSweep(scores: LabelledScores, shares: readonly number[]): SweptThreshold[] {
  const cells = scoreCells(scores).reverse();
  const positives = cells.reduce((sum, { positive }) => sum + positive, 0);
  const negatives = cells.reduce((sum, { negative }) => sum + negative, 0);
  const n = positives + negatives;
  const swept: SweptThreshold[] = [];
  let tp = 0;
  let fp = 0;
  let next = 0;
  for (const { index, positive, negative } of cells) {
    tp += positive;
    fp += negative;
    const flagged = (tp + fp) / n;
    if (next >= shares.length || flagged < shares[next]! - TINY) continue;
    swept.push({ cell: index, flagged, counts: { tp, fp, fn: positives - tp, tn: negatives - fp } });
    while (next < shares.length && shares[next]! <= flagged + TINY) next++;
  }
  return swept;
}

/** Of a share, rounding. */
const TINY = 1e-12;
