import { sum } from './distances/jensen-shannon.ts';
import { shareGap } from './distances/share-gap.ts';
import { deviance } from './distributions/incomplete-gamma.ts';

/** A 2 × k contingency table without its empty columns: m and n are the rows' sums. */
export interface TwoRows {
  readonly columns: readonly { readonly reference: number; readonly current: number }[];
  readonly m: number;
  readonly n: number;
}

/** The table of reference against current; null when a side is empty. */
export function twoRows(reference: ArrayLike<number>, current: ArrayLike<number>): TwoRows | null {
  const m = sum(reference);
  const n = sum(current);
  if (!(m > 0) || !(n > 0)) return null;
  const columns: { reference: number; current: number }[] = [];
  for (let i = 0; i < reference.length; i++) {
    if (reference[i]! + current[i]! > 0) columns.push({ reference: reference[i]!, current: current[i]! });
  }
  return { columns, m, n };
}

/**
 * Pearson's statistic Σ (O − E)² / E over both rows, as mn Σ (c/n − r/m)² / (r + c): exactly 0 for equal shares, and no
 * digits are lost at a thousand million counts.
 * @example pearson(twoRows([10, 30], [20, 20])!) // 5.333…
 */
export function pearson({ columns, m, n }: TwoRows): number {
  const sum = columns.reduce((all, { reference, current }) => {
    const gap = shareGap(reference, m, current, n);
    return all + (gap / (reference + current)) * gap;
  }, 0);
  return m * n * sum;
}

/** The likelihood ratio statistic 2 Σ O ln(O / E) over both rows; no term is negative, so that small values keep their digits. */
export function likelihoodRatio({ columns, m, n }: TwoRows): number {
  const all = m + n;
  const half = columns.reduce((sum, { reference, current }) => {
    // O − E of the reference's cell; that of the current one is its opposite.
    const gap = -shareGap(reference, m, current, n) * (m / all) * n;
    const both = reference + current;
    return sum + term(reference, (both / all) * m, gap) + term(current, (both / all) * n, -gap);
  }, 0);
  return 2 * half;
}

/** O ln(O / E) + E − O. @param gap O − E, which from the two would lose the digits of whichever is small. */
function term(observed: number, expected: number, gap: number): number {
  return observed > 0 ? observed * deviance(expected / observed, -gap / observed) : -gap;
}
