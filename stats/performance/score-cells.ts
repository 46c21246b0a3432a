import { type Grid, type GridCounts, gridEdge } from '../asinh-grid.ts';

/** Scores of labelled predictions on one shared grid, by label. Higher scores mean "positive". */
export interface LabelledScores {
  readonly positive: GridCounts;
  readonly negative: GridCounts;
}

/** One grid cell: how many positives and negatives scored in it. */
export interface ScoreCell {
  readonly index: number;
  readonly positive: number;
  readonly negative: number;
}

/** Cells in ascending order of score. */
export function scoreCells({ positive, negative }: LabelledScores): ScoreCell[] {
  return [...new Set([...positive.keys(), ...negative.keys()])]
    .map((index) => ({ index, positive: positive.get(index) ?? 0, negative: negative.get(index) ?? 0 }))
    .filter((cell) => cell.positive > 0 || cell.negative > 0)
    .sort((a, b) => a.index - b.index);
}

/** The probability a cell stands for: its middle, within [0, 1]. Off by at most half a cell (scale / 128 near the centre). */
export function cellProbability(index: number, grid: Grid): number {
  const low = Math.max(0, Math.min(1, gridEdge(index, grid)));
  const high = Math.max(0, Math.min(1, gridEdge(index + 1, grid)));
  return (low + high) / 2;
}
