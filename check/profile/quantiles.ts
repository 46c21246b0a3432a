import type { ProfileQuantiles } from '../../contract/table-profile.ts';
import type { GridCounts } from '../../stats/asinh-grid.ts';
import { sortedCells, total } from '../../stats/grid-summary.ts';
import { type Axis, cellEdge } from '../axis.ts';

const SHARES = { p1: 0.01, p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95, p99: 0.99 } as const;

/**
 * Quantiles of all values behind the cells: exact for whole numbers with a cell each, else linear inside the cell, so wrong
 * by at most a cell's width. Null without values.
 * @param whole all values are whole numbers, and so are their quantiles.
 */
export function cellQuantiles(
  grid: GridCounts,
  axis: Axis,
  min: number | null,
  max: number | null,
  whole: boolean,
): ProfileQuantiles | null {
  const cells = sortedCells(grid);
  const n = total(grid);
  if (n === 0) return null;
  const at = (share: number): number => {
    let before = 0;
    for (const [cell, count] of cells) {
      if (before + count >= share * n) {
        if (axis.whole) return cellEdge(cell, axis);
        const low = Math.max(cellEdge(cell, axis), min ?? Number.NEGATIVE_INFINITY);
        const high = Math.min(cellEdge(cell + 1, axis), max ?? Number.POSITIVE_INFINITY);
        const within = (share * n - before) / count;
        // Not low + within × (high − low), which may overflow.
        const value = low === high ? low : low * (1 - within) + high * within;
        return whole ? Math.round(value) : Number(value.toPrecision(6));
      }
      before += count;
    }
    return max ?? cellEdge(cells.at(-1)![0], axis);
  };
  return Object.fromEntries(
    Object.entries(SHARES).map(([name, share]) => [name, at(share)]),
  ) as ProfileQuantiles;
}
