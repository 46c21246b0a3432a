import { sum } from './jensen-shannon.ts';

/** A 2 × k contingency table without its empty columns: observed and, under equal shares, expected counts. */
export interface TwoRows {
  readonly cells: readonly { readonly observed: number; readonly expected: number }[];
  readonly columns: number;
  readonly total: number;
}

/** The table of reference against current; null when a side is empty. */
export function twoRows(reference: ArrayLike<number>, current: ArrayLike<number>): TwoRows | null {
  const m = sum(reference);
  const n = sum(current);
  if (!(m > 0) || !(n > 0)) return null;
  const cells: { observed: number; expected: number }[] = [];
  let columns = 0;
  for (let i = 0; i < reference.length; i++) {
    const column = reference[i]! + current[i]!;
    if (column === 0) continue;
    columns++;
    cells.push({ observed: reference[i]!, expected: column * (m / (m + n)) });
    cells.push({ observed: current[i]!, expected: column * (n / (m + n)) });
  }
  return { cells, columns, total: m + n };
}

/** Pearson's statistic Σ (O − E)² / E. */
export function pearson({ cells }: TwoRows): number {
  return cells.reduce((all, { observed, expected }) => all + (observed - expected) ** 2 / expected, 0);
}
