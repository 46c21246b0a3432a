import type { GridCounts } from '../../stats/asinh-grid.ts';
import { total } from '../../stats/grid-summary.ts';
import { type Axis, cellEdge } from '../axis.ts';

/** Bars of equal width on the column's axis, for the eye; the verdict stands on frozen bins, not on these. */
export interface Histogram {
  /** Edges in the column's unit, one more than bars. The outer bars also hold what lies beyond them. */
  readonly edges: readonly number[];
  /** `asinh`: the bars are of equal width on an axis that is logarithmic in its tails. */
  readonly scale: Axis['kind'];
  /** Counts of each bar, a list for each map of cells given. */
  readonly counts: readonly (readonly number[])[];
}

const BARS = 24;
/** Share of each table's values beyond each end that may share the outer bar. */
const TAIL = 0.005;
/** From zero, in cells: beyond, sums of cells are no longer exact. */
const FARTHEST = 2 ** 40;

/**
 * A histogram of one or more tables' cells on one set of bars: from the least to the greatest central 99 % of any of them.
 * Edges are round numbers where the axis has them; null when nothing was counted.
 * @example histogramOf({ kind: 'linear', center: 0, step: 1, whole: true }, [new Map([[0, 3], [2, 1]])]).counts // [[3, 0, 1]]
 */
export function histogramOf(axis: Axis, grids: readonly GridCounts[]): Histogram | null {
  const spans = grids.filter((grid) => total(grid) > 0).map(central);
  if (spans.length === 0) return null;
  const first = Math.min(...spans.map(([from]) => from));
  const last = Math.max(...spans.map(([, to]) => to));
  // Counted from zero, not from the centre, so that edges fall on multiples of the width, as far as numbers reach.
  const cells = axis.kind === 'linear' ? Math.round(axis.center / axis.step) : 0;
  const zero = Math.abs(cells) < FARTHEST ? cells : 0;
  const width = roundWidth((last - first + 1) / BARS, axis);
  const from = Math.floor((first + zero) / width) * width - zero;
  const bars = Math.floor((last - from) / width) + 1;
  const counts = grids.map((grid) => {
    const bar = new Array<number>(bars).fill(0);
    for (const [cell, count] of grid)
      bar[Math.max(0, Math.min(bars - 1, Math.floor((cell - from) / width)))]! += count;
    return bar;
  });
  const exact = Array.from({ length: bars + 1 }, (_, i) => cellEdge(from + i * width, axis));
  const digits = digitsOf(exact);
  const edges = exact.map((edge) => Number(edge.toPrecision(digits)));
  return { edges, scale: axis.kind, counts };
}

/** The cells between which a table's values lie, all but TAIL of them at each end. */
function central(grid: GridCounts): [number, number] {
  const cells = [...grid].filter(([, count]) => count > 0).sort((a, b) => a[0] - b[0]);
  const beyond = TAIL * total(grid);
  let from = 0;
  for (let passed = 0; from < cells.length - 1 && passed + cells[from]![1] <= beyond; from++)
    passed += cells[from]![1];
  let to = cells.length - 1;
  for (let passed = 0; to > from && passed + cells[to]![1] <= beyond; to--) passed += cells[to]![1];
  return [cells[from]![0], cells[to]![0]];
}

/** Cells of a bar: at least so many, at most two thirds more, whichever gives the roundest width. */
function roundWidth(least: number, axis: Axis): number {
  const start = Math.max(1, Math.ceil(least));
  if (axis.kind !== 'linear' || start === 1) return start;
  let best = start;
  for (let width = start; width <= 1.67 * start; width++)
    if (roughness(width * axis.step) < roughness(best * axis.step)) best = width;
  return best;
}

/** How many digits a number needs; 1, 2 and 5 are the roundest, then what ends in 5. */
function roughness(x: number): number {
  const digits = x
    .toExponential(6)
    .split('e')[0]!
    .replace(/\.?0+$/, '')
    .replace('.', '');
  return digits.length - (['1', '2', '5'].includes(digits) ? 0.5 : digits.endsWith('5') ? 0.25 : 0);
}

/** Six digits, or as many as it takes to tell neighbouring edges apart: of huge numbers that lie close together. */
function digitsOf(edges: readonly number[]): number {
  const widest = Math.max(...edges.map(Math.abs));
  const narrowest = Math.min(
    ...edges
      .slice(1)
      .map((edge, i) => edge - edges[i]!)
      .filter((width) => width > 0),
  );
  const needed = Math.ceil(Math.log10(widest / narrowest)) + 3;
  return Number.isFinite(needed) ? Math.max(6, Math.min(17, needed)) : 6;
}
