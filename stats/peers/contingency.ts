import { logChiSquareTail } from '../distributions/chi-square-tail.ts';

export interface ChiSquareResult {
  readonly statistic: number;
  readonly p: number;
}

/**
 * χ² of two rows of counts as SciPy's `chi2_contingency`: a table of 2 × 2 has Yates' correction, each cell moved at most
 * half a count towards what is expected. Columns without counts are left out; one column alone is statistic 0 with p = 1.
 */
export function contingency(reference: readonly number[], current: readonly number[]): ChiSquareResult {
  const columns = reference.map((r, i) => [r, current[i]!] as const).filter(([r, c]) => r + c > 0);
  const m = columns.reduce((sum, [r]) => sum + r, 0);
  const n = columns.reduce((sum, [, c]) => sum + c, 0);
  const df = columns.length - 1;
  if (df < 1) return { statistic: 0, p: 1 };
  let statistic = 0;
  for (const [r, c] of columns) {
    for (const [observed, row] of [
      [r, m],
      [c, n],
    ] as const) {
      // biome-ignore format: two rows
      const expected = ((r + c) * row) / (m + n);
      const gap = Math.abs(expected - observed);
      statistic += (gap - (df === 1 ? Math.min(0.5, gap) : 0)) ** 2 / expected;
    }
  }
  return { statistic, p: Math.exp(logChiSquareTail(statistic, df)) };
}

/** χ² of observed against expected counts, infinite where something is seen that was not expected. */
export function goodnessOfFit(observed: readonly number[], expected: readonly number[]): ChiSquareResult {
  let statistic = 0;
  for (let i = 0; i < observed.length; i++) {
    if (expected[i] === 0 && observed[i] === 0) continue;
    statistic += (observed[i]! - expected[i]!) ** 2 / expected[i]!;
  }
  const df = observed.length - 1;
  return { statistic, p: df < 1 ? 1 : Math.exp(logChiSquareTail(statistic, df)) };
}
