import {
  type Checked,
  estimateCells,
  type LearnedCells,
  learnCells,
} from '../../../stats/estimation/cell-estimate.ts';
import { type CellMetric, type ClassCells, cellMetric } from '../../../stats/estimation/cell-metrics.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import { f1, precision, recall } from '../../../stats/performance/binary.ts';
import { rocAuc } from '../../../stats/performance/roc-auc.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { PastWindow } from '../subject.ts';

/** Cells of scores joined by two, 32 to a standard deviation: so many to either side of the centre; the rest shares the last. */
const JOINED = 2;
const REACH = 128;
export const CELLS = 2 * REACH;
/** After the cells of all rows come those of labelled negatives and positives, then the labelled rows by what was answered. */
export const NEGATIVE = CELLS;
export const POSITIVE = 2 * CELLS;
export const FLAGGED = 3 * CELLS;
/** Labelled rows of a window by which an estimate is measured. */
const CHECKED_ROWS = 200;
/** How far accuracy by a threshold on the score may be from that of the answers, for them to come from one. */
const BY_THRESHOLD = 0.02;

export const cellOf = (index: number) => Math.max(0, Math.min(CELLS - 1, Math.floor(index / JOINED) + REACH));

export function addCells(profile: Profile | undefined, into: Float64Array, offset: number): void {
  for (const [index, count] of profile?.grid ?? []) into[offset + cellOf(index)]! += count;
}

/** Sums of labelled rows as cells of both classes, answered from `threshold` on. */
export function labelledCells(sums: ArrayLike<number>, threshold: number): ClassCells {
  const part = (from: number) => {
    const cells = new Float64Array(CELLS);
    for (let cell = 0; cell < CELLS; cell++) cells[cell] = sums[from + cell]!;
    return cells;
  };
  return { negative: part(NEGATIVE), positive: part(POSITIVE), threshold };
}

export function rowsIn({ positive, negative }: ClassCells): Float64Array {
  const all = Float64Array.from(positive);
  for (let cell = 0; cell < all.length; cell++) all[cell]! += negative[cell]!;
  return all;
}

/** Labelled rows in the sums of a run of buckets. */
export function rows(sums: ArrayLike<number>): number {
  let n = 0;
  for (let j = NEGATIVE; j < FLAGGED; j++) n += sums[j]!;
  return n;
}

/**
 * The cell from which on rows are answered positive: the one that leaves as many above it as were answered so. The cell of
 * a half where nothing was answered but the score. Null where the answers do not follow the score.
 */
export function thresholdOf(sums: ArrayLike<number>, half: number | null): number | null {
  const [flagged, others, right, wrong] = [0, 1, 2, 3].map((k) => sums[FLAGGED + k]!) as [
    number,
    number,
    number,
    number,
  ];
  if (flagged + others === 0) return half;
  const cells = labelledCells(sums, 0);
  const counts = rowsIn(cells);
  const all = rows(sums);
  const wanted = flagged / (flagged + others);
  let threshold = CELLS;
  for (let above = 0; threshold > 0; threshold--) {
    const more = above + counts[threshold - 1]! / all;
    if (Math.abs(more - wanted) > Math.abs(above - wanted)) break;
    above = more;
  }
  const accuracy = cellMetric('accuracy', { ...cells, threshold });
  if (!('value' in accuracy)) return null;
  return Math.abs(accuracy.value - right / (right + wrong)) <= BY_THRESHOLD ? threshold : null;
}

/** What labelled rows have taught, with these rows. */
export interface Known {
  readonly cells: ClassCells;
  readonly learned: LearnedCells;
}

/** What was learned of labelled rows, ready to say what scores promise. `threshold`: from where on they are answered positive; null where that is not known. */
export function learnedFrom(
  baseline: ArrayLike<number>,
  threshold: number | null,
): Known | { readonly reason: string } {
  if (threshold === null) return { reason: 'answers_not_by_score' };
  const cells = labelledCells(baseline, threshold);
  const ranks = realisedCells('roc_auc', cells);
  // The more likely a class is said to be, the rarer it is: the score is that of the other class, and promises nothing of this one.
  if ('value' in ranks && ranks.high < 0.5) return { reason: 'scores_upside_down' };
  const learned = learnCells(cells);
  return 'reason' in learned ? learned : { cells, learned };
}

/** What the metric was of labelled rows, with its interval. */
export function realisedCells(metric: CellMetric, cells: ClassCells): Outcome<Estimate> {
  const [positive, negative] = [cells.positive, cells.negative].map(
    (side) => new Map(Array.from(side, (n, cell): [number, number] => [cell, n]).filter(([, n]) => n > 0)),
  ) as [Map<number, number>, Map<number, number>];
  if (metric === 'roc_auc') return rocAuc({ positive, negative });
  const sum = (side: ArrayLike<number>, said: boolean) =>
    Array.from(side).reduce((all, n, cell) => all + (cell >= cells.threshold === said ? n : 0), 0);
  const counts = {
    ...{ tp: sum(cells.positive, true), fn: sum(cells.positive, false) },
    ...{ fp: sum(cells.negative, true), tn: sum(cells.negative, false) },
  };
  if (metric === 'accuracy')
    return proportion(counts.tp + counts.tn, counts.tp + counts.tn + counts.fp + counts.fn);
  return { precision, recall, f1 }[metric](counts);
}

/** Estimates of earlier windows against their labels, each made once although it lies behind several. */
export function windowChecks(
  metric: CellMetric,
  learned: LearnedCells,
): (past: readonly PastWindow[]) => Checked[] {
  const known = new Map<number, Checked | null>();
  const check = (sums: readonly number[]): Checked | null => {
    if (rows(sums) < CHECKED_ROWS) return null;
    const cells = labelledCells(sums, learned.threshold);
    const estimate = estimateCells(metric, learned, rowsIn(cells));
    const truth = cellMetric(metric, cells);
    return 'value' in estimate && 'value' in truth ? { estimate, truth: truth.value } : null;
  };
  const checkOf = ({ from, sums }: PastWindow) => {
    const found = known.get(from);
    if (found !== undefined) return found;
    const made = check(sums());
    known.set(from, made);
    return made;
  };
  return (past) => past.flatMap((window) => checkOf(window) ?? []);
}
