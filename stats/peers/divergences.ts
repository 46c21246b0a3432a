/** Definitions on two vectors of shares or counts of equal length; each is normalised to a sum of 1 first. */

/**
 * Jensen–Shannon divergence in natural units, in [0, ln 2].
 * @example jensenShannonNat([1, 0], [0, 1]) // Math.LN2
 */
export function jensenShannonNat(reference: readonly number[], current: readonly number[]): number {
  const [p, q] = [normalised(reference), normalised(current)];
  let left = 0;
  let right = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i]! + q[i]!) / 2;
    if (p[i]! > 0) left += p[i]! * Math.log(p[i]! / middle);
    if (q[i]! > 0) right += q[i]! * Math.log(q[i]! / middle);
  }
  return Math.max(0, (left + right) / 2);
}

/** √ of the divergence in natural units: `js_distance_nat`, at most √ln 2 = 0.8326. */
export function jsDistanceNat(reference: readonly number[], current: readonly number[]): number {
  return Math.sqrt(jensenShannonNat(reference, current));
}

/** √ of the divergence in bits: `js_distance_base2`, at most 1. */
export function jsDistanceBase2(reference: readonly number[], current: readonly number[]): number {
  return Math.sqrt(jensenShannonNat(reference, current) / Math.LN2);
}

/** The divergence in bits: `js_divergence_base2`, at most 1. */
export function jsDivergenceBase2(reference: readonly number[], current: readonly number[]): number {
  return jensenShannonNat(reference, current) / Math.LN2;
}

/** Σ r ln(r / c), infinite where c alone is 0. */
export function kullbackLeibler(reference: readonly number[], current: readonly number[]): number {
  const [p, q] = [normalised(reference), normalised(current)];
  return p.reduce((sum, share, i) => (share > 0 ? sum + share * Math.log(share / q[i]!) : sum), 0);
}

/** Σ (r − c) ln(r / c) as given: the caller has dealt with the zeros. */
export function stabilityIndex(reference: readonly number[], current: readonly number[]): number {
  return reference.reduce((sum, share, i) => sum + (share - current[i]!) * Math.log(share / current[i]!), 0);
}

/** ½ Σ |r − c|. */
export function totalVariation(reference: readonly number[], current: readonly number[]): number {
  const [p, q] = [normalised(reference), normalised(current)];
  return 0.5 * p.reduce((sum, share, i) => sum + Math.abs(share - q[i]!), 0);
}

/** max |r − c|. */
export function greatestChange(reference: readonly number[], current: readonly number[]): number {
  const [p, q] = [normalised(reference), normalised(current)];
  return p.reduce((most, share, i) => Math.max(most, Math.abs(share - q[i]!)), 0);
}

/** √(Σ (√r − √c)²) / √2. */
export function hellinger(reference: readonly number[], current: readonly number[]): number {
  const squares = reference.reduce((sum, r, i) => sum + (Math.sqrt(r) - Math.sqrt(current[i]!)) ** 2, 0);
  return Math.sqrt(squares) / Math.SQRT2;
}

function normalised(counts: readonly number[]): number[] {
  const sum = counts.reduce((all, count) => all + count, 0);
  return counts.map((count) => count / sum);
}
