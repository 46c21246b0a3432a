/** What a stretch of new labels costs: every prediction and every labelled one may have to be read once. */
export interface Waiting {
  readonly labels: number;
  /** Predictions and labelled predictions of the model. */
  readonly rows: number;
  /** Stamp of the oldest of them. */
  readonly oldest: number;
}

/** So many rows are read in a moment. */
const FEW_ROWS = 200_000;
/** A label may cost so many rows. */
const ROWS_PER_LABEL = 20;
/** They wait as long as reading this many rows a millisecond would take, and at most so long. */
const ROWS_PER_MS = 20;
export const LONGEST_WAIT_MS = 120_000;

/**
 * When labels are put beside their predictions and counted, at the latest: at once where that is little work or there are
 * many of them, so that each costs a bounded number of rows; else they gather, for two minutes at most. Pure.
 * `settlesAt({ labels: 10, rows: 1000, oldest: 0 })` → 0
 */
export function settlesAt({ labels, rows, oldest }: Waiting): number {
  if (rows <= FEW_ROWS || labels * ROWS_PER_LABEL >= rows) return oldest;
  return oldest + Math.min(LONGEST_WAIT_MS, rows / ROWS_PER_MS);
}
