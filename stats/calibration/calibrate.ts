import { type BetaMap, betaProbability, fitBeta } from './beta.ts';
import { fitIsotonic, type Isotonic, isotonicProbability, type ScoredGroup } from './isotonic.ts';

/** How scores become probabilities; plain JSON. */
export type CalibrationMap = { readonly kind: 'none' } | Isotonic | BetaMap;

/** The probability that a score stands for under a map. */
export function calibrated(map: CalibrationMap, score: number): number {
  if (map.kind === 'isotonic') return isotonicProbability(map, score);
  return map.kind === 'beta' ? betaProbability(map, score) : score;
}

/**
 * The calibration that lowers the error on data it has not seen, else none: isotonic and beta maps are fitted on one half of
 * the counts and judged by the Brier score on the other, both ways round; the best of the three is fitted on all.
 * Fewer than 100 observations or a single class give none. The halves depend on nothing but the input.
 * @example bestCalibration(groups).kind // 'isotonic'
 */
export function bestCalibration(groups: readonly ScoredGroup[]): CalibrationMap {
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const positive = groups.reduce((sum, group) => sum + group.positive, 0);
  if (n < 100 || positive === 0 || positive === n) return { kind: 'none' };
  const [first, second] = halves(groups);
  const crossed = (learn: (groups: readonly ScoredGroup[]) => CalibrationMap): number =>
    squaredError(learn(first), second) + squaredError(learn(second), first);
  const candidates = [
    { fit: (): CalibrationMap => ({ kind: 'none' }) },
    { fit: fitBeta },
    { fit: fitIsotonic },
  ].map(({ fit }) => ({ fit, error: crossed(fit) }));
  const best = candidates.reduce((a, b) => (b.error < a.error ? b : a));
  return best.fit(groups);
}

/** Brier score: squared calibration error plus a part that no map changes. */
function squaredError(map: CalibrationMap, groups: readonly ScoredGroup[]): number {
  return groups.reduce((sum, { score, n, positive }) => {
    const p = calibrated(map, score);
    return sum + positive * (1 - p) ** 2 + (n - positive) * p * p;
  }, 0);
}

/** Splits every group's counts in two; odd ones go to either side in turn. */
function halves(groups: readonly ScoredGroup[]): [ScoredGroup[], ScoredGroup[]] {
  let owed = 0;
  const half = (count: number): number => {
    owed = count % 2 === 1 ? 1 - owed : owed;
    return Math.floor(count / 2) + (count % 2 === 1 ? owed : 0);
  };
  const first = groups.map(({ score, n, positive }) => {
    const hits = half(positive);
    return { score, n: hits + half(n - positive), positive: hits };
  });
  const second = groups.map(({ score, n, positive }, i) => ({
    score,
    n: n - first[i]!.n,
    positive: positive - first[i]!.positive,
  }));
  return [first, second];
}
