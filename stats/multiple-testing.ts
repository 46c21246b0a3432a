import { normalCdf, normalQuantile } from './distributions/normal.ts';

/**
 * p-values adjusted by Benjamini–Hochberg, in the order given: calling those at most q drift keeps the expected share of
 * false ones among them at most q (independent or positively dependent tests). Not a number is left out of the count and
 * stays as it is.
 * Source: Benjamini and Hochberg 1995; scipy.stats.false_discovery_control.
 * @example benjaminiHochberg([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(p: readonly number[]): number[] {
  return stepUp(p, 1);
}

/**
 * As `benjaminiHochberg`, under any dependence between the tests; larger by Σ 1/i.
 * Source: Benjamini and Yekutieli 2001.
 * @example benjaminiYekutieli([0.01, 0.04]) // [0.03, 0.06]
 */
export function benjaminiYekutieli(p: readonly number[]): number[] {
  let harmonic = 0;
  for (let i = 1; i <= p.filter((value) => !Number.isNaN(value)).length; i++) harmonic += 1 / i;
  return stepUp(p, harmonic);
}

/**
 * The bound in standard errors, one side, at which each of `looks` tests may be false so seldom that any of them is as
 * seldom as one test at `z` (Bonferroni): what is looked at in twenty parts does not alarm twenty times as often.
 * Source: Dunn 1961; scipy.stats.norm.isf(norm.sf(z) / looks).
 * @example sharedBound(1.645, 20) // 2.807
 */
export function sharedBound(z: number, looks: number): number {
  return looks <= 1 ? z : -normalQuantile(normalCdf(-z) / looks);
}

function stepUp(p: readonly number[], factor: number): number[] {
  const order = p.map((value, i) => ({ value, i })).filter(({ value }) => !Number.isNaN(value));
  order.sort((a, b) => b.value - a.value);
  const adjusted = [...p];
  let least = 1;
  order.forEach(({ value, i }, rank) => {
    least = Math.min(least, (value * factor * order.length) / (order.length - rank));
    adjusted[i] = least;
  });
  return adjusted;
}
