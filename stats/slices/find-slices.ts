import { normalCdf } from '../distributions/normal.ts';
import { benjaminiHochberg } from '../multiple-testing.ts';
import { random } from '../random.ts';
import type { Feature } from '../trees/feature.ts';
import { type CoarseColumn, coarse } from './conditions.ts';
import { type Candidate, worstConditions } from './search.ts';

const SEED = 20_261_127;

/** Rows that meet one or two conditions and lose more than the others, as the half of them shows that was not searched. */
export interface Slice {
  /** `country = FR and device = mobile` */
  readonly text: string;
  /** The rows of that half. */
  readonly rows: readonly number[];
  /** Of all rows of that half. */
  readonly share: number;
  /** Mean loss in the slice and outside of it. */
  readonly loss: number;
  readonly elsewhere: number;
  /** Share of all that is lost that would not be, were it as elsewhere. */
  readonly lost: number;
  /** Probability of as much by chance, adjusted over the slices that were looked at (Benjamini–Hochberg). */
  readonly q: number;
}

export interface SliceOptions {
  /** Share of the rows that a slice has at least. Default 0.01. */
  readonly leastShare?: number;
  /** Rows of either half that it has at least. Default 40. */
  readonly leastRows?: number;
  /** Slices looked for at most. Default 5. */
  readonly most?: number;
  /** False slices among those named, at most. Default 0.0001: of 10,000 tables without any about one names one. */
  readonly falseShare?: number;
}

/**
 * The slices of a table that lose most, the one that stands out most first. Half of the rows is searched through, every single
 * condition and every pair: fifths of numbers and runs of them, the most frequent categories. The rows found are put aside and the rest is searched
 * again. The other half, which has not been seen, says whether a slice is one (Welch's test, one-sided) and how much it loses. Rows without
 * a finite loss are left out; the halves are drawn, the same ones every time. Too few rows, or a loss that is the same everywhere, give none.
 * Source of the search: Chung et al. 2019 (Slice Finder); of the honest halves: Athey and Imbens 2016.
 * @param loss what goes wrong in each row: 0 or 1 for classes, the absolute error for numbers.
 * @example findSlices([{ name: 'country', kind: 'categorical', values }], loss)[0]?.text // 'country = FR'
 */
export function findSlices(
  features: readonly Feature[],
  loss: ArrayLike<number>,
  { leastShare = 0.01, leastRows = 40, most = 5, falseShare = 1e-4 }: SliceOptions = {},
): Slice[] {
  const losses = Float64Array.from(loss);
  const known = [...losses.keys()].filter((row) => Number.isFinite(losses[row]!));
  // Rows may come in an order that repeats: halves by their place would not be alike.
  const coin = random(SEED);
  const sides = known.map(() => coin() < 0.5);
  const [learn, judge] = [known.filter((_, i) => sides[i]), known.filter((_, i) => !sides[i])];
  const least = Math.max(leastRows, Math.ceil(leastShare * learn.length));
  const columns = features.map(coarse);
  const found: Slice[] = [];
  const chances: number[] = [];
  let [searched, left] = [learn, judge];
  while (found.length < most && searched.length >= 2 * least) {
    const worst = worstConditions(columns, losses, searched, least);
    // Not even where it was looked for does it stand out.
    if (worst === null || worst.z < 3) break;
    const meets = within(columns, worst);
    const rows = left.filter(meets);
    const rest = left.filter((row) => !meets(row));
    if (rows.length < leastRows / 2 || rest.length < leastRows) break;
    const [inside, outside] = [momentsOf(losses, rows), momentsOf(losses, rest)];
    chances.push(1 - normalCdf((inside.mean - outside.mean) / Math.hypot(inside.error, outside.error)));
    const total = judge.reduce((sum, row) => sum + losses[row]!, 0);
    found.push({
      text: worst.on.map(({ condition }) => condition.text).join(' and '),
      rows,
      share: rows.length / judge.length,
      ...{ loss: inside.mean, elsewhere: outside.mean },
      lost: total > 0 ? (rows.length * (inside.mean - outside.mean)) / total : 0,
      q: 1,
    });
    searched = searched.filter((row) => !meets(row));
    left = rest;
  }
  const adjusted = benjaminiHochberg(chances);
  return found.map((slice, i) => ({ ...slice, q: adjusted[i]! })).filter(({ q }) => q <= falseShare);
}

function within(columns: readonly CoarseColumn[], { on }: Candidate): (row: number) => boolean {
  return (row) =>
    on.every(({ column, condition: { low, high } }) => {
      const bin = columns[column]!.bins[row]!;
      return low <= bin && bin <= high;
    });
}

/** Mean and its standard error; a share of none or all of few rows is not known for certain, so a row of either sort is added. */
function momentsOf(losses: Float64Array, rows: readonly number[]): { mean: number; error: number } {
  const n = rows.length;
  const mean = rows.reduce((sum, row) => sum + losses[row]!, 0) / n;
  const scatter = rows.reduce((sum, row) => sum + (losses[row]! - mean) ** 2, 0);
  return { mean, error: Math.sqrt((scatter / n + 1 / n ** 2) / n) };
}
