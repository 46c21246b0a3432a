import type { JsDistance } from '../distances/js-distance.ts';
import { gammaQ } from '../distributions/incomplete-gamma.ts';
import { Z_ONE_SIDED_95 } from '../distributions/normal.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/** How far all columns of a table moved together. */
export interface TableDistance extends Estimate {
  /** Probability of this much when no column moved. */
  readonly p: number;
  readonly columns: number;
}

/**
 * The root mean square of the columns' distances, each debiased, in [0, 1], with one-sided 95 % bounds as each of them has: many small
 * shifts that are no finding alone are one together. `tied`: how strongly two columns go together, squared, 0 to 1 (1 where not
 * known): by as much the errors of both are one. `p` from a gamma of the mean and variance without any shift. `not_enough_data` without a column.
 * Source: docs/stats/table_distance.md; Satterthwaite 1946 (gamma); the errors of two χ² of the same rows are correlated by φ² of the two columns over the root of their degrees of freedom, which is at most V².
 * @example tableDistance(scores, () => 0) // { value: 0.04, low: 0.03, high: 0.05, p: 0.00002, columns: 20 }
 */
export function tableDistance(
  scores: readonly JsDistance[],
  tied: (a: number, b: number) => number,
): Outcome<TableDistance> {
  const known = scores.map((score, place) => ({ place, ...errorsOf(score) })).filter(({ bias }) => bias > 0);
  if (known.length === 0) return { reason: 'not_enough_data' };
  const count = known.length;
  const [bias, seen] = [meanOf(known.map((each) => each.bias)), meanOf(known.map((each) => each.seen))];
  let [variance, without] = [0, 0];
  for (const a of known)
    for (const b of known) {
      const together = a === b ? 1 : tied(a.place, b.place);
      variance += (together * a.deviation * b.deviation) / count ** 2;
      without += (together * a.without * b.without) / count ** 2;
    }
  const reach = Z_ONE_SIDED_95 * Math.sqrt(variance);
  const root = (x: number) => Math.sqrt(Math.max(0, Math.min(1, x)));
  return {
    value: root(seen - bias),
    low: root(seen - bias - reach),
    high: root(seen - bias + reach),
    p: gammaQ((bias * bias) / without, (seen * bias) / without),
    columns: count,
  };
}

/** A distance's divergence as seen, its bias, and its standard deviation as it is and without any shift. */
function errorsOf({ raw, noiseFloor, low, high, bins }: JsDistance) {
  const [seen, bias] = [raw * raw, noiseFloor * noiseFloor];
  const deviation = (high < 1 ? high * high - (seen - bias) : seen - bias - low * low) / Z_ONE_SIDED_95;
  return {
    seen,
    bias,
    deviation: Math.max(0, deviation),
    without: bias * Math.sqrt(2 / Math.max(1, bins - 1)),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}
