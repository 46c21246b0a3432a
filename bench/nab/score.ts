/** What detections earn and cost: NAB's application profiles. */
export interface CostMatrix {
  readonly tpWeight: number;
  readonly fnWeight: number;
  readonly fpWeight: number;
}

/** A labelled window, by the first and the last of its rows. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

export interface SeriesScore {
  /** In NAB's points: at best one for each window, at worst without a limit. */
  readonly score: number;
  /** Windows with a detection, windows without one, and detections outside any. */
  readonly found: number;
  readonly missed: number;
  readonly falseAlarms: number;
}

/** Rows at the beginning of a series of so many that are not scored: 15 %, 750 at most. */
export const probation = (rows: number) => Math.min(Math.floor(0.15 * rows), 750);

/**
 * What the moment of a detection is worth: 1 at the far left, 0 at the right edge of a window, −1 long after it. `position` is
 * −1 at the first row of the window, 0 at its last one, and counts on in lengths of the window.
 */
export function worth(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

const MOST_WORTH = worth(-1);

/**
 * Scores the rows of one series at which a detector spoke. In each window the first of them counts, the earlier the better; each outside
 * costs, less so shortly after a window. Rows of the probation are passed over.
 * Source: Lavin & Ahmad 2015, "Evaluating Real-time Anomaly Detection Algorithms: the Numenta Anomaly Benchmark".
 */
export function scoreSeries(
  detections: readonly number[],
  windows: readonly Window[],
  rows: number,
  { tpWeight, fnWeight, fpWeight }: CostMatrix,
): SeriesScore {
  const scored = detections.filter((row) => row >= probation(rows));
  const within = (row: number, { first, last }: Window) => row >= first && row <= last;
  let score = 0;
  let found = 0;
  for (const window of windows) {
    const row = scored.find((each) => within(each, window));
    if (row === undefined) score -= fnWeight;
    else {
      found++;
      score += (tpWeight * worth(positionOf(row, window))) / MOST_WORTH;
    }
  }
  const outside = scored.filter((row) => !windows.some((window) => within(row, window)));
  for (const row of outside) {
    const before = windows.filter(({ last }) => last < row).at(-1);
    score += fpWeight * (before === undefined ? -1 : worth(positionOf(row, before)));
  }
  return { score, found, missed: windows.length - found, falseAlarms: outside.length };
}

/** Where a row lies, in lengths of the window from its right edge. */
function positionOf(row: number, { first, last }: Window): number {
  return (row - last) / Math.max(1, last - first);
}

/**
 * The score of several series on NAB's scale: 0 of who never speaks, 100 of who finds each window at its first row and is otherwise silent.
 * @example normalised(0, 2, { tpWeight: 1, fnWeight: 1, fpWeight: 0.11 }) // 50
 */
export function normalised(score: number, windows: number, { tpWeight, fnWeight }: CostMatrix): number {
  return (100 * (score + windows * fnWeight)) / (windows * (tpWeight + fnWeight));
}
