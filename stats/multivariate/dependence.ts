import { logNormalTail } from '../distributions/normal.ts';

/** A column as pairs are made of: numbers by their standardised ranks, categories by the place of their bin; missing is NaN, or −1. */
export type Coded =
  | { readonly kind: 'ranks'; readonly z: Float64Array }
  | { readonly kind: 'bins'; readonly bins: Int16Array; readonly count: number };

/** How strongly two columns of the same rows go together. */
export interface Dependence {
  readonly measure: 'rank_correlation' | 'correlation_ratio' | 'cramers_v';
  /** −1 to 1 for ranks, else 0 to 1. */
  readonly value: number;
  /** The value on a scale on which its error is nearly normal, and that error's variance. */
  readonly scaled: number;
  readonly variance: number;
  readonly n: number;
}

/** Fewer rows that have both columns say nothing. */
const FEWEST = 50;

/**
 * How strongly two columns of the same rows go together; null with fewer than 50 rows that have both, or without variance.
 * Numbers: the correlation of their ranks among all rows, on Fisher's z scale with the variance of its influence function, which
 * holds whatever the distribution. Numbers and categories: the correlation ratio η of the ranks, how much of their variance lies
 * between the bins, corrected for chance (ε²), with the variance of the influence function of η². Categories: Cramér's V of the bins,
 * bias-corrected, its φ² with the variance of the delta method.
 * Source: Spearman 1904, Fisher 1921; Hampel 1974 (influence function); Kelley 1935 (ε²); Bergsma 2013, Bishop, Fienberg and Holland 1975.
 */
export function dependence(a: Coded, b: Coded): Dependence | null {
  if (a.kind === 'ranks' && b.kind === 'ranks') return rankCorrelation(a.z, b.z);
  if (a.kind === 'ranks' && b.kind === 'bins') return correlationRatio(a.z, b);
  if (a.kind === 'bins' && b.kind === 'ranks') return correlationRatio(b.z, a);
  return a.kind === 'bins' && b.kind === 'bins' ? association(a, b) : null;
}

/** The probability, two-sided, of two dependences of the same measure this far apart when nothing changed. */
export function dependenceChanged(reference: Dependence, current: Dependence): number {
  const deviation = Math.sqrt(reference.variance + current.variance);
  const z = Math.abs(current.scaled - reference.scaled) / deviation;
  return Number.isFinite(z) ? Math.min(1, Math.exp(Math.LN2 + logNormalTail(z))) : 1;
}

function rankCorrelation(x: Float64Array, y: Float64Array): Dependence | null {
  let [n, sx, sy, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const u = x[i]!;
    const v = y[i]!;
    if (Number.isNaN(u) || Number.isNaN(v)) continue;
    n++;
    sx += u;
    sy += v;
    xx += u * u;
    yy += v * v;
    xy += u * v;
  }
  if (n < FEWEST) return null;
  const [mx, my] = [sx / n, sy / n];
  const [dx, dy] = [Math.sqrt(Math.max(0, xx / n - mx * mx)), Math.sqrt(Math.max(0, yy / n - my * my))];
  if (!(dx > 1e-9) || !(dy > 1e-9)) return null;
  const value = Math.max(-1, Math.min(1, (xy / n - mx * my) / (dx * dy)));
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    const u = (x[i]! - mx) / dx;
    const v = (y[i]! - my) / dy;
    if (Number.isNaN(u) || Number.isNaN(v)) continue;
    const influence = u * v - (value / 2) * (u * u + v * v);
    squares += influence * influence;
  }
  // Nearly one: a thousandth is as fine as ranks of some thousand rows can tell.
  const bounded = Math.max(-0.999, Math.min(0.999, value));
  const slope = 1 / (1 - bounded * bounded);
  const variance = Math.max((squares / n / n) * slope * slope, 1 / n);
  return { measure: 'rank_correlation', value, scaled: Math.atanh(bounded), variance, n };
}

function correlationRatio(z: Float64Array, { bins, count }: Coded & { kind: 'bins' }): Dependence | null {
  const [rows, sums] = [new Float64Array(count), new Float64Array(count)];
  let [n, sum, squares] = [0, 0, 0];
  for (let i = 0; i < z.length; i++) {
    const x = z[i]!;
    const bin = bins[i]!;
    if (Number.isNaN(x) || bin < 0) continue;
    n++;
    sum += x;
    squares += x * x;
    rows[bin]! += 1;
    sums[bin]! += x;
  }
  const mean = sum / n;
  const deviation = Math.sqrt(Math.max(0, squares / n - mean * mean));
  const free = rows.filter((each) => each > 0).length - 1;
  if (n < FEWEST || free < 1 || n <= free + 1 || !(deviation > 1e-9)) return null;
  const means = sums.map((each, bin) => (rows[bin]! > 0 ? (each / rows[bin]! - mean) / deviation : 0));
  const between = Math.min(
    1,
    means.reduce((all, each, bin) => all + (rows[bin]! / n) * each * each, 0),
  );
  let influences = 0;
  for (let i = 0; i < z.length; i++) {
    const bin = bins[i]!;
    const x = (z[i]! - mean) / deviation;
    if (Number.isNaN(x) || bin < 0) continue;
    const influence = 2 * means[bin]! * x - means[bin]! ** 2 - between * x * x;
    influences += influence * influence;
  }
  const scaled = 1 - ((1 - between) * (n - 1)) / (n - 1 - free);
  // What η² varies by without any dependence comes on top.
  const variance = influences / n / n + (2 * free) / (n * n);
  return { measure: 'correlation_ratio', value: Math.sqrt(Math.max(0, scaled)), scaled, variance, n };
}

function association(a: Coded & { kind: 'bins' }, b: Coded & { kind: 'bins' }): Dependence | null {
  const cells = new Float64Array(a.count * b.count);
  const [rows, columns] = [new Float64Array(a.count), new Float64Array(b.count)];
  let n = 0;
  for (let i = 0; i < a.bins.length; i++) {
    const r = a.bins[i]!;
    const c = b.bins[i]!;
    if (r < 0 || c < 0) continue;
    n++;
    cells[r * b.count + c]! += 1;
    rows[r]! += 1;
    columns[c]! += 1;
  }
  const [k, l] = [rows.filter((count) => count > 0).length, columns.filter((count) => count > 0).length];
  if (n < FEWEST || k < 2 || l < 2) return null;
  const [byRow, byColumn] = [new Float64Array(a.count), new Float64Array(b.count)];
  let phi = -1;
  eachCell(cells, b.count, (count, r, c) => {
    const part = (count / rows[r]!) * (count / columns[c]!);
    phi += part;
    byRow[r]! += part / (rows[r]! / n);
    byColumn[c]! += part / (columns[c]! / n);
  });
  // The gradient of φ² in a cell's share; its mean over the rows is 0 beside a constant.
  let [mean, squares] = [0, 0];
  eachCell(cells, b.count, (count, r, c) => {
    const gradient = ((2 * count) / rows[r]!) * (n / columns[c]!) - byRow[r]! - byColumn[c]!;
    mean += (count / n) * gradient;
    squares += (count / n) * gradient * gradient;
  });
  const free = (k - 1) * (l - 1);
  const corrected = Math.max(0, phi - free / (n - 1));
  const least = Math.min(k - (k - 1) ** 2 / (n - 1), l - (l - 1) ** 2 / (n - 1)) - 1;
  const value = least > 1e-9 ? Math.min(1, Math.sqrt(corrected / least)) : 0;
  // What φ² varies by without any association comes on top.
  const variance = Math.max(0, squares - mean * mean) / n + (2 * free) / (n * n);
  return { measure: 'cramers_v', value, scaled: phi - free / (n - 1), variance, n };
}

function eachCell(
  cells: Float64Array,
  width: number,
  visit: (count: number, row: number, column: number) => void,
): void {
  for (let i = 0; i < cells.length; i++)
    if (cells[i]! > 0) visit(cells[i]!, Math.floor(i / width), i % width);
}
