import { type Sample, sampleOfSorted } from '../../stats/sample.ts';
import { type Axis, cellEdge, HALF } from '../axis.ts';
import type { CountedColumn } from '../count.ts';
import type { ColumnSamples } from './pair.ts';

/** The numbers of both sides: as fetched where the tables are small, else the middles of their cells. */
export function columnSamples(
  axis: Axis | null,
  reference: CountedColumn,
  current: CountedColumn,
  fetched: readonly [Float64Array, Float64Array] | null,
): ColumnSamples | null {
  if (axis === null) return null;
  if (fetched)
    return {
      resolution: 'values',
      reference: sampleOfSorted(fetched[0]),
      current: sampleOfSorted(fetched[1]),
    };
  const least = Math.min(reference.min ?? Infinity, current.min ?? Infinity);
  const greatest = Math.max(reference.max ?? -Infinity, current.max ?? -Infinity);
  return {
    resolution: 'cells',
    reference: sampleOfCells(reference, axis, [least, greatest]),
    current: sampleOfCells(current, axis, [least, greatest]),
  };
}

/**
 * Each value at the middle of its cell; whole numbers that have a cell each exactly; the end cells reach to the extremes.
 * @param extremes least and greatest of all samples that are compared: a cell has one middle, or the samples would differ
 * by their own extremes where many values lie at an edge.
 */
export function sampleOfCells(
  column: CountedColumn,
  axis: Axis,
  [least, greatest]: readonly [number, number] = [column.min!, column.max!],
): Sample {
  const cells = [...column.grid].sort((a, b) => a[0] - b[0]);
  const middle = (cell: number): number => {
    const from = cell === -HALF ? Math.min(least, cellEdge(cell, axis)) : cellEdge(cell, axis);
    const to = cell === HALF - 1 ? Math.max(greatest, cellEdge(cell + 1, axis)) : cellEdge(cell + 1, axis);
    if (axis.whole && cell > -HALF && cell < HALF - 1) return from;
    return Math.max(least, Math.min(greatest, from / 2 + to / 2));
  };
  return {
    values: Float64Array.from(cells, ([cell]) => middle(cell)),
    counts: Float64Array.from(cells, ([, count]) => count),
    n: cells.reduce((sum, [, count]) => sum + count, 0),
  };
}
