import { difference } from '../intervals/difference.ts';
import { bootstrapInterval } from '../intervals/interval-over.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import type { Random } from '../random.ts';

/** Two categorical columns of the same rows; rows with a null are left out. */
export interface CategoryPair {
  readonly x: ArrayLike<string | null>;
  readonly y: ArrayLike<string | null>;
}

/**
 * Cramér's V between two categorical columns, bias-corrected, in [0, 1]: 0 = independent, 1 = one tells the other. Fewer than two rows are
 * `not_enough_data`, a column with one category `constant`.
 * Source: Bergsma 2013.
 * @example categoryAssociation({ x: ['a', 'b', 'a'], y: ['c', 'd', 'c'] }) // { value: … }
 */
export function categoryAssociation(pair: CategoryPair): Outcome {
  const { x, y, kindsX, kindsY } = coded(pair);
  if (x.length < 2) return { reason: 'not_enough_data' };
  const value = correctedV(x, y, kindsX, kindsY);
  return Number.isNaN(value) ? { reason: 'constant' } : { value };
}

/**
 * Change of Cramér's V, current − reference, in [−1, 1], with a 95 % bootstrap interval: rows of each side are drawn anew.
 * Results without a value as `categoryAssociation`.
 * @param rounds Resamples of either side. Default 300.
 */
export function categoryAssociationShift(
  reference: CategoryPair,
  current: CategoryPair,
  random: Random,
  rounds = 300,
): Outcome<Estimate> {
  return difference(resampled(reference, random, rounds), resampled(current, random, rounds));
}

function resampled(pair: CategoryPair, random: Random, rounds: number): Outcome<Estimate> {
  const whole = categoryAssociation(pair);
  if (!('value' in whole)) return whole;
  const { x, y, kindsX, kindsY } = coded(pair);
  const statistic = (rows: Int32Array): number =>
    correctedV(
      rows.map((i) => x[i]!),
      rows.map((i) => y[i]!),
      kindsX,
      kindsY,
    );
  return bootstrapInterval(x.length, statistic, { kind: 'bootstrap', random, rounds });
}

/** NaN when a side has one category. */
function correctedV(x: Int32Array, y: Int32Array, kindsX: number, kindsY: number): number {
  const n = x.length;
  const rows = new Float64Array(kindsX);
  const columns = new Float64Array(kindsY);
  const cells = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    rows[x[i]!]! += 1;
    columns[y[i]!]! += 1;
    const cell = x[i]! * kindsY + y[i]!;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  // χ² / n = Σ count² / (row · column) − 1: empty cells need no visit.
  let phi = -1;
  for (const [cell, count] of cells)
    phi += ((count / rows[Math.floor(cell / kindsY)]!) * count) / columns[cell % kindsY]!;
  const r = rows.filter((count) => count > 0).length;
  const k = columns.filter((count) => count > 0).length;
  const corrected = Math.max(0, phi - ((k - 1) * (r - 1)) / (n - 1));
  const least = Math.min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1;
  if (r < 2 || k < 2) return Number.NaN;
  return least > 1e-12 ? Math.min(1, Math.sqrt(corrected / least)) : 0;
}

function coded({ x, y }: CategoryPair): { x: Int32Array; y: Int32Array; kindsX: number; kindsY: number } {
  const codesX = new Map<string, number>();
  const codesY = new Map<string, number>();
  const rows = Array.from({ length: Math.min(x.length, y.length) }, (_, i) => i).filter(
    (i) => (x[i] ?? null) !== null && (y[i] ?? null) !== null,
  );
  const code = (codes: Map<string, number>, value: string): number => {
    const known = codes.get(value);
    if (known !== undefined) return known;
    codes.set(value, codes.size);
    return codes.size - 1;
  };
  return {
    x: Int32Array.from(rows, (i) => code(codesX, x[i]!)),
    y: Int32Array.from(rows, (i) => code(codesY, y[i]!)),
    kindsX: codesX.size,
    kindsY: codesY.size,
  };
}
