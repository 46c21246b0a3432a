import { proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';

/** One sampled row: what it stands for, and whether it counts. */
export interface SampledRow {
  readonly stratum: string;
  /** Rows that it stands for: 1 ÷ its chance to be drawn; above 0. */
  readonly weight: number;
  readonly right: boolean;
}

export type StratifiedShare = Estimate & {
  /** Rows of a simple random sample that would tell as much. */
  readonly effective: number;
};

const LEAST = 2;

/**
 * The share of all rows that count, in [0, 1], from a sample stratified by what each row was drawn from: Σ weight × right ÷ Σ weight (Hájek), with
 * the variance by Taylor linearisation within strata, drawn with replacement. The 95 % interval is Wilson's of as many rows of a simple sample as
 * would vary as much; where all or none count, or a stratum varies not at all, of no more than Kish's Σ² ÷ Σ w².
 * Reasons: not_enough_data (fewer than two rows).
 * Source: Lohr 2010, Sampling, 9.1; Korn and Graubard 1998; point and standard error as samplics TaylorEstimator has them.
 * @example stratifiedShare([{ stratum: 'a', weight: 9, right: true }, { stratum: 'b', weight: 1, right: false }]) // value 0.9
 */
export function stratifiedShare(rows: readonly SampledRow[]): Outcome<StratifiedShare> {
  if (rows.length < LEAST) return { reason: 'not_enough_data' };
  const weight = rows.reduce((sum, row) => sum + row.weight, 0);
  const value = rows.reduce((sum, row) => sum + (row.right ? row.weight : 0), 0) / weight;
  const kish = weight ** 2 / rows.reduce((sum, row) => sum + row.weight ** 2, 0);
  const variance = varianceOf(rows, value) / weight ** 2;
  const varies = value * (1 - value);
  const effective = variance > 0 && varies > 0 ? Math.min(varies / variance, rows.length) : kish;
  const interval = proportion(value * effective, effective);
  return 'reason' in interval ? interval : { ...interval, value, effective };
}

/** Of the total of weight × (right − share): within each stratum the spread of its rows; a stratum of one row is taken together with the next. */
function varianceOf(rows: readonly SampledRow[], share: number): number {
  const scores = new Map<string, number[]>();
  for (const { stratum, weight, right } of rows) {
    const own = scores.get(stratum) ?? [];
    own.push(weight * (Number(right) - share));
    scores.set(stratum, own);
  }
  return collapsed([...scores.values()]).reduce((sum, own) => sum + own.length * spread(own), 0);
}

/** Strata with at least two rows each. */
function collapsed(strata: readonly number[][]): number[][] {
  const [alone, enough] = [
    strata.filter(({ length }) => length < LEAST).flat(),
    strata.filter(({ length }) => length >= LEAST),
  ];
  if (alone.length === 0) return enough;
  if (alone.length >= LEAST) return [...enough, alone];
  const [first = [], ...rest] = enough;
  return [[...first, ...alone], ...rest];
}

/** Sample variance. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
