import { fitBeta } from '../calibration/beta.ts';
import { type CalibrationMap, calibrated } from '../calibration/calibrate.ts';
import { fitIsotonic, type ScoredGroup } from '../calibration/isotonic.ts';
import { type LabelledRows, scoredRows } from '../performance/labelled-scores.ts';

/**
 * The calibration of weighted labelled rows that lowers the weighted Brier score on rows it has not seen, else none: isotonic and
 * beta maps are fitted on every other row and judged on the rest, both ways round; the best is fitted on all.
 * Fewer than 100 rows, or a single class, give none. With equal weights as `bestCalibration`, but by rows.
 * @param weights By row, ≥ 0; a row with another weight is left out.
 * @example weightedCalibration({ label, score }, ratio.weights).kind // 'isotonic'
 */
export function weightedCalibration(rows: LabelledRows, weights: ArrayLike<number>): CalibrationMap {
  const held = weightedRows(rows, weights);
  const positives = held.filter(({ positive }) => positive > 0).length;
  if (held.length < 100 || positives === 0 || positives === held.length) return { kind: 'none' };
  const even = held.filter((_, i) => i % 2 === 0);
  const odd = held.filter((_, i) => i % 2 === 1);
  const candidates: ((groups: readonly ScoredGroup[]) => CalibrationMap)[] = [
    () => ({ kind: 'none' }),
    fitBeta,
    fitIsotonic,
  ];
  const crossed = (learn: (groups: readonly ScoredGroup[]) => CalibrationMap): number =>
    squaredError(learn(byScore(even)), odd) + squaredError(learn(byScore(odd)), even);
  const judged = candidates.map((learn) => ({ learn, error: crossed(learn) }));
  return judged.reduce((a, b) => (b.error < a.error ? b : a)).learn(byScore(held));
}

/** Weighted labelled rows summed up by score, ascending. */
export function weightedGroups(rows: LabelledRows, weights: ArrayLike<number>): ScoredGroup[] {
  return byScore(weightedRows(rows, weights));
}

function weightedRows({ label, score }: LabelledRows, weights: ArrayLike<number>): ScoredGroup[] {
  const rows: ScoredGroup[] = [];
  for (let i = 0; i < Math.min(label.length, score.length, weights.length); i++) {
    const weight = weights[i]!;
    const [row] = scoredRows({ label: [label[i]!], score: [score[i]!] });
    if (row && weight > 0 && Number.isFinite(weight))
      rows.push({ score: row.score, n: weight, positive: row.positive ? weight : 0 });
  }
  return rows;
}

function byScore(rows: readonly ScoredGroup[]): ScoredGroup[] {
  const groups = new Map<number, { score: number; n: number; positive: number }>();
  for (const { score, n, positive } of rows) {
    const group = groups.get(score) ?? { score, n: 0, positive: 0 };
    group.n += n;
    group.positive += positive;
    groups.set(score, group);
  }
  return [...groups.values()].sort((a, b) => a.score - b.score);
}

function squaredError(map: CalibrationMap, rows: readonly ScoredGroup[]): number {
  return rows.reduce((sum, { score, n, positive }) => {
    const p = calibrated(map, score);
    return sum + positive * (1 - p) ** 2 + (n - positive) * p * p;
  }, 0);
}
