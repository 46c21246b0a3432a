import { mean, sampleVariance } from '../intervals/mean.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import type { Rows } from './mmd.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Standardisation and leading principal components of a reference; plain JSON. */
export interface Pca {
  readonly mean: readonly number[];
  /** Standard deviation; 1 for a constant column. */
  readonly scale: readonly number[];
  readonly components: readonly (readonly number[])[];
}

/**
 * Principal components of standardised rows, as many as explain at least `share` of the variance.
 * Rows must be complete and finite: give missing values the reference's mean beforehand.
 * @throws RangeError on fewer than two rows.
 */
export function fitPca(rows: Rows, share = 0.65): Pca {
  const n = rows.length;
  if (n < 2) throw new RangeError('components need at least two rows');
  const d = rows[0]!.length;
  const centre = Array.from({ length: d }, (_, j) => rows.reduce((sum, row) => sum + row[j]! / n, 0));
  const scale = centre.map(
    (c, j) => Math.sqrt(rows.reduce((sum, row) => sum + (row[j]! - c) ** 2 / n, 0)) || 1,
  );
  const covariance = centre.map(() => new Array<number>(d).fill(0));
  for (const row of rows) {
    const z = standardised(row, centre, scale);
    for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) covariance[i]![j]! += (z[i]! * z[j]!) / n;
  }
  for (let i = 0; i < d; i++) for (let j = i + 1; j < d; j++) covariance[i]![j] = covariance[j]![i]!;
  const { values, vectors } = symmetricEigen(covariance);
  const all = values.reduce((sum, value) => sum + value, 0);
  let kept = 0;
  for (let explained = 0; kept < d && explained < share * all - 1e-12; kept++) explained += values[kept]!;
  return { mean: centre, scale, components: vectors.slice(0, kept) };
}

/** Distance between a row and its projection, in standard deviations of the reference's columns. */
export function reconstructionError(pca: Pca, row: ArrayLike<number>): number {
  const z = standardised(row, pca.mean, pca.scale);
  const rest = [...z];
  for (const component of pca.components) {
    const weight = component.reduce((sum, c, j) => sum + c * z[j]!, 0);
    for (let j = 0; j < rest.length; j++) rest[j]! -= weight * component[j]!;
  }
  return Math.sqrt(rest.reduce((sum, x) => sum + x * x, 0));
}

/**
 * How much worse the reference's principal components fit the current rows: mean reconstruction error of current minus that
 * of the reference, in standard deviations of the reference's errors, with a 95 % interval; 0 without a shift, negative when
 * rows became more regular. Sees broken correlations that leave each column as it was. Components are learned on every
 * other reference row and judged on the rest, so that the reference does not look better than it is.
 * Fewer than 40 reference or two current rows are `not_enough_data`, rows that fit perfectly `constant`.
 * Source: Kuncheva and Faithfull 2014, PCA feature extraction for change detection in multidimensional unlabeled data.
 */
export function pcaReconstruction(reference: Rows, current: Rows, share = 0.65): Outcome<Estimate> {
  if (reference.length < 40 || current.length < 2) return { reason: 'not_enough_data' };
  const pca = fitPca(reference.filter((_, i) => i % 2 === 0), share); // biome-ignore format: one line
  const before = sums(reference.filter((_, i) => i % 2 === 1).map((row) => reconstructionError(pca, row)));
  const after = sums(current.map((row) => reconstructionError(pca, row)));
  const spread = Math.sqrt(sampleVariance(before));
  const old = mean(before);
  const now = mean(after);
  if (!('value' in old)) return old;
  if (!('value' in now)) return now;
  if (!(spread > 1e-12)) return { reason: 'constant' };
  const value = (now.value - old.value) / spread;
  const reach = Math.hypot(now.high - now.value, old.high - old.value) / spread;
  return { value, low: value - reach, high: value + reach };
}

function standardised(row: ArrayLike<number>, centre: readonly number[], scale: readonly number[]): number[] {
  return centre.map((c, j) => (row[j]! - c) / scale[j]!);
}

function sums(values: readonly number[]) {
  return {
    n: values.length,
    sum: values.reduce((sum, x) => sum + x, 0),
    sum2: values.reduce((sum, x) => sum + x * x, 0),
  };
}
