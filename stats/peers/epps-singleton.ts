import { sampleQuantile } from '../asinh-grid.ts';
import { logChiSquareTail } from '../distributions/chi-square-tail.ts';
import { outcome, type PeerOutcome } from './peer.ts';
import { eigen } from './symmetric-eigen.ts';

const POINTS = [0.4, 0.8];

/**
 * p of the Epps–Singleton test of equal distributions: the characteristic functions compared at 0.4 and 0.8 of half the
 * interquartile range; a covariance without inverse (few values) has its pseudo-inverse and fewer degrees of freedom. An
 * interquartile range of 0 is `refused`. Source: Epps and Singleton 1986; scipy.stats.epps_singleton_2samp.
 */
export function eppsSingleton(reference: Float64Array, current: Float64Array): PeerOutcome {
  const [m, n] = [reference.length, current.length];
  const all = Float64Array.from([...reference, ...current]).sort();
  const half = (sampleQuantile(all, 0.75) - sampleQuantile(all, 0.25)) / 2;
  if (half === 0) return { reason: 'refused' };
  const waves = [Math.cos, Math.sin].flatMap((wave) =>
    POINTS.map((t) => (x: number) => wave((t / half) * x)),
  );
  const [before, after] = [momentsOf(reference, waves), momentsOf(current, waves)];
  const size = m + n;
  const covariance = before.covariance.map((row, i) =>
    row.map((value, j) => (size / m) * value + (size / n) * after.covariance[i]![j]!),
  );
  const gap = before.mean.map((value, i) => value - after.mean[i]!);
  const { values, vectors } = eigen(covariance);
  const least = 4 * Number.EPSILON * Math.max(...values.map(Math.abs));
  const kept = values.map((_, i) => i).filter((i) => Math.abs(values[i]!) > least);
  if (kept.length === 0) return { value: 0 };
  const along = kept.map((i) => gap.reduce((sum, value, j) => sum + value * vectors[j]![i]!, 0));
  let statistic = size * kept.reduce((sum, i, k) => sum + along[k]! ** 2 / values[i]!, 0);
  if (Math.max(m, n) < 25) statistic /= 1 + size ** -0.45 + 10.1 * (m ** -1.7 + n ** -1.7);
  return outcome(Math.exp(logChiSquareTail(statistic, kept.length)));
}

function momentsOf(x: Float64Array, waves: readonly ((x: number) => number)[]) {
  const columns = waves.map((wave) => x.map(wave));
  const mean = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / x.length);
  const product = (i: number, j: number) =>
    columns[i]!.reduce((sum, value, k) => sum + (value - mean[i]!) * (columns[j]![k]! - mean[j]!), 0) /
    x.length;
  return { mean, covariance: columns.map((_, i) => columns.map((_, j) => product(i, j))) };
}
