import type { ClassCells } from '../../stats/estimation/cell-metrics.ts';
import type { ScoredRow } from '../../stats/performance/labelled-scores.ts';

/** Scores of probabilities are counted on so many steps between 0 and 1. */
const STEPS = 2000;

/** Labelled scores from 0 to 1 counted by steps, each on its own side of the threshold. */
export function cellsOf(rows: readonly ScoredRow[], threshold: number): ClassCells {
  const [positive, negative] = [new Float64Array(STEPS + 2), new Float64Array(STEPS + 2)];
  const first = Math.ceil(threshold * STEPS);
  for (const { score, positive: own } of rows) {
    const near = Math.round(score * STEPS);
    (own ? positive : negative)[score >= threshold ? Math.max(first, near) : Math.min(first - 1, near)]! += 1;
  }
  return { positive, negative, threshold: first };
}

/** What is left of some rows without a part of them. */
export function without(all: ClassCells, part: ClassCells): ClassCells {
  const less = (from: ArrayLike<number>, taken: ArrayLike<number>) =>
    Float64Array.from(from, (n, cell) => n - taken[cell]!);
  return {
    ...all,
    positive: less(all.positive, part.positive),
    negative: less(all.negative, part.negative),
  };
}

/** Rows of either class by cell. */
export function rowsOfCells({ positive, negative }: ClassCells): Float64Array {
  return Float64Array.from(positive, (n, cell) => n + negative[cell]!);
}
