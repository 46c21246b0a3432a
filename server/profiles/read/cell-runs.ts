import { type NumericBins, specialBin } from '../../../stats/reference-bins.ts';
import { FIRST_CELL } from './queries/bins.ts';

/** A run of grid cells, from `cell` to the next run's, that belong to one bin of `binCounts`. */
export interface CellRun {
  readonly cell: number;
  readonly bin: number;
}

/**
 * The whole grid cut where the bin changes: below the first edge and from the last on is out of range; between the
 * values of a column of few values lies what is new. Ascending; neighbours differ.
 */
export function cellRuns(bins: NumericBins): CellRun[] {
  const { edges, values } = bins;
  const outside = specialBin(bins, 'out_of_range');
  const fresh = specialBin(bins, 'new');
  const runs: CellRun[] = [{ cell: FIRST_CELL, bin: outside }];
  for (let bin = 0; bin < edges.length - 1; bin++) {
    const cell = edges[bin]!;
    runs.push({ cell, bin });
    if (values !== null && cell + 1 < edges[bin + 1]!) runs.push({ cell: cell + 1, bin: fresh });
  }
  if (edges.length > 1) runs.push({ cell: edges.at(-1)!, bin: outside });
  return runs;
}
