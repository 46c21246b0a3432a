import { FEW_VALUES } from './reference-bins.ts';

/**
 * Cuts ascending grid cells [index, count] into about `wanted` bins of equal count (never more than 20): a cell that
 * holds a bin's share stands alone, a cut between two cells lies halfway. Returns the cell indexes at which bins begin,
 * and the index after the last cell.
 * @example quantileEdges([[0, 5], [1, 5], [8, 5], [9, 5]], 2) // [0, 5, 10]
 */
export function quantileEdges(
  cells: readonly (readonly [index: number, count: number])[],
  wanted: number,
): number[] {
  for (let bins = wanted; bins > 1; bins--) {
    const edges = cut(cells, bins);
    if (edges.length - 1 <= Math.max(wanted, Math.min(FEW_VALUES, 2 * wanted))) return edges;
  }
  return [cells[0]![0], cells.at(-1)![0] + 1];
}

function cut(cells: readonly (readonly [number, number])[], bins: number): number[] {
  const share = cells.reduce((sum, [, count]) => sum + count, 0) / bins;
  const edges = [cells[0]![0]];
  let held = 0;
  let lastIsHeavy = false;
  for (let j = 0; j < cells.length - 1; j++) {
    const [index, count] = cells[j]!;
    const [nextIndex, nextCount] = cells[j + 1]!;
    held += count;
    const full = Math.abs(held - share) <= Math.abs(held + nextCount - share);
    // What lies beside a heavy cell is never merged with it, however thin: a change there would drown.
    if (full || count >= share || nextCount >= share) {
      edges.push(index + 1 + Math.floor((nextIndex - index - 1) / 2));
      lastIsHeavy = count >= share;
      held = 0;
    }
  }
  held += cells.at(-1)![1];
  // A thin last bin joins its neighbour.
  if (held < share / 2 && edges.length > 1 && !lastIsHeavy) edges.pop();
  edges.push(cells.at(-1)![0] + 1);
  return edges;
}
