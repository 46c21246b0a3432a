/** Where counts changed: element `at` is the first of the new ones; it lies within `low` … `high` with about 95 %. */
export interface ChangePoint {
  readonly at: number;
  readonly low: number;
  readonly high: number;
  /** Twice the gain of log-likelihood over no change, in units of the spread of the counts; some ten is a change. */
  readonly gain: number;
}

/** χ² with one degree of freedom, 95 %. */
const CUT = 3.84;

/**
 * The most likely moment at which the shares of a row of counts changed: a multinomial before, another after, maximum
 * likelihood; the interval holds the splits whose likelihood ratio to the best lies below χ²₁(95 %). Counts that vary more from element to element than
 * chance does weigh less, by their Pearson dispersion. Null when there are fewer than three elements with counts, or all are alike.
 * `series[t][j]`: count of bin j in element t; rows of equal length.
 * Source: Hinkley 1970; dispersion as in quasi-likelihood (McCullagh & Nelder 1989).
 * @example countChange([[9, 1], [9, 1], [1, 9], [1, 9]])?.at // 2
 */
export function countChange(series: readonly (readonly number[])[]): ChangePoint | null {
  const bins = series[0]?.length ?? 0;
  const used = series.flatMap((row, i) => (row.some((n) => n > 0) ? [i] : []));
  if (used.length < 3 || bins === 0) return null;
  const rows = used.map((i) => series[i]!);
  const sums = running(rows, bins);
  const whole = sums.at(-1)!;
  const gains = rows.slice(1).map((_, i) => {
    const before = sums[i + 1]!;
    return 2 * (entropy(before) + entropy(whole.map((n, j) => n - before[j]!)) - entropy(whole));
  });
  const best = gains.reduce((top, gain, i) => (gain > gains[top]! ? i : top), 0);
  if (!(gains[best]! > 0)) return null;
  const spread = dispersion(rows, best + 1);
  const near = gains.flatMap((gain, i) => ((gains[best]! - gain) / spread < CUT ? [i] : []));
  return {
    at: used[best + 1]!,
    low: used[near[0]! + 1]!,
    high: used[near.at(-1)! + 1]!,
    gain: gains[best]! / spread,
  };
}

function running(rows: readonly (readonly number[])[], bins: number): number[][] {
  const sums = [new Array<number>(bins).fill(0)];
  for (const row of rows) sums.push(sums.at(-1)!.map((n, j) => n + row[j]!));
  return sums;
}

/** Σ n ln(n / total): the log-likelihood of counts at their own shares. */
function entropy(counts: readonly number[]): number {
  const total = counts.reduce((a, b) => a + b, 0);
  return counts.reduce((sum, n) => sum + (n > 0 ? n * Math.log(n / total) : 0), 0);
}

/** Pearson's χ² of the elements against the shares of their side, by its degrees of freedom; 1 at least. */
function dispersion(rows: readonly (readonly number[])[], split: number): number {
  let [chi, free] = [0, 0];
  for (const side of [rows.slice(0, split), rows.slice(split)]) {
    const sums = side.reduce<number[]>(
      (all, row) => all.map((n, j) => n + row[j]!),
      new Array<number>(rows[0]!.length).fill(0),
    );
    const total = sums.reduce((a, b) => a + b, 0);
    for (const row of side) {
      const n = row.reduce((a, b) => a + b, 0);
      sums.forEach((sum, j) => {
        const expected = (n * sum) / total;
        if (expected > 0) chi += (row[j]! - expected) ** 2 / expected;
      });
    }
    free += (side.length - 1) * (sums.filter((n) => n > 0).length - 1);
  }
  return Math.max(1, free > 0 ? chi / free : 1);
}
