import { fitBeta } from '../calibration/beta.ts';
import { type CalibrationMap, calibrated } from '../calibration/calibrate.ts';
import { fitIsotonic, type ScoredGroup } from '../calibration/isotonic.ts';
import { type LabelledRows, scoredRows } from '../performance/labelled-scores.ts';

/**
 * The calibration of weighted labelled rows that lowers the weighted Brier score on rows it has not seen, else none: none, beta
 * and isotonic maps are judged on halves of the rows, cut in five ways; the simplest that lies within a standard error of the
 * best is fitted on all.
 * Fewer than 100 rows, or a single class, give none. With equal weights as `bestCalibration`, but by rows.
 * @param weights By row, ≥ 0; a row with another weight is left out.
 * @example weightedCalibration({ label, score }, ratio.weights).kind // 'isotonic'
 */
export function weightedCalibration(rows: LabelledRows, weights: ArrayLike<number>): CalibrationMap {
  const held = weightedRows(rows, weights);
  const positives = held.filter(({ positive }) => positive > 0).length;
  if (held.length < 100 || positives === 0 || positives === held.length) return { kind: 'none' };
  const candidates: ((groups: readonly ScoredGroup[]) => CalibrationMap)[] = [
    () => ({ kind: 'none' }),
    fitBeta,
    fitIsotonic,
  ];
  const all = held.reduce((sum, { n }) => sum + n, 0);
  const errors = candidates.map((learn) =>
    CUTS.flatMap((cut) => {
      const sides = [
        held.filter((_, i) => sideOf(i, cut) === 0),
        held.filter((_, i) => sideOf(i, cut) === 1),
      ];
      const [first, second] = sides as [ScoredGroup[], ScoredGroup[]];
      return (
        (squaredError(learn(byScore(first)), second) + squaredError(learn(byScore(second)), first)) / all
      );
    }),
  );
  const means = errors.map(meanOf);
  const best = means.indexOf(Math.min(...means));
  const chosen = errors.findIndex((each, i) => {
    const worse = each.map((error, cut) => error - errors[best]![cut]!);
    return means[i]! - means[best]! <= standardError(worse);
  });
  return candidates[chosen]!(byScore(held));
}

/** Ways to cut the rows in halves. */
const CUTS = [1, 2, 3, 4, 5];

/** Every other row in the first cut, as good as drawn in the others; the same in every run. */
function sideOf(row: number, cut: number): number {
  return cut === 1 ? row % 2 : (Math.imul(row + 1, 0x9e3779b1 * cut) >>> 15) & 1;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
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
