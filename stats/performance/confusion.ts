import type { Outcome, Value } from '../outcome.ts';

/** One cell of a confusion table: how often this actual label met this predicted one. */
export interface ConfusionCell {
  readonly actual: string;
  readonly predicted: string;
  readonly count: number;
}

/** Counts of a binary task. */
export interface BinaryCounts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/**
 * Cells of a confusion map keyed by actual + separator + predicted. Keys without the separator and counts that are
 * not positive are left out.
 * @example confusionCells(new Map([['a|b', 3]]), '|') // [{ actual: 'a', predicted: 'b', count: 3 }]
 */
export function confusionCells(counts: ReadonlyMap<string, number>, separator = '\u001f'): ConfusionCell[] {
  const cells: ConfusionCell[] = [];
  for (const [key, count] of counts) {
    const at = key.indexOf(separator);
    if (at < 0 || !(count > 0)) continue;
    cells.push({ actual: key.slice(0, at), predicted: key.slice(at + separator.length), count });
  }
  return cells;
}

/** Every label but the positive one counts as negative. */
export function binaryCounts(cells: readonly ConfusionCell[], positive: string): BinaryCounts {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const { actual, predicted, count } of cells) {
    if (actual === positive) counts[predicted === positive ? 'tp' : 'fn'] += count;
    else counts[predicted === positive ? 'fp' : 'tn'] += count;
  }
  return counts;
}

/** Why a ratio has no value: nothing was counted at all, or its denominator is empty. */
export function noRatio<T extends Value>(n: number): Outcome<T> {
  return { reason: n > 0 ? 'undefined_ratio' : 'not_enough_data' };
}
