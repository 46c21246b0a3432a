import type { ScoredGroup } from './isotonic.ts';

/** p ↦ 1 / (1 + 1/(eᶜ pᵃ / (1 − p)ᵇ)), a, b ≥ 0; plain JSON. */
export interface BetaMap {
  readonly kind: 'beta';
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const SUREST = 1e-12;

/**
 * Beta calibration: logistic regression on ln p and −ln(1 − p), by Newton's method; a coefficient that comes out negative is
 * set to 0 and the rest fitted again, so that the map never falls. Without both classes it is the identity.
 * Source: Kull, Silva Filho and Flach 2017, Beta calibration.
 */
export function fitBeta(groups: readonly ScoredGroup[]): BetaMap {
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const positive = groups.reduce((sum, group) => sum + group.positive, 0);
  if (positive === 0 || positive === n) return { kind: 'beta', a: 1, b: 1, c: 0 };
  let used = [true, true];
  for (;;) {
    const [a, b, c] = fitLogistic(groups, used);
    if (a! >= 0 && b! >= 0) return { kind: 'beta', a: a!, b: b!, c: c! };
    // No finite fit, or nothing left to take out: such counts say nothing about the map.
    const left = [used[0]! && a! >= 0, used[1]! && b! >= 0];
    if (left[0] === used[0] && left[1] === used[1]) return { kind: 'beta', a: 1, b: 1, c: 0 };
    used = left;
  }
}

/** The calibrated probability of a score in [0, 1]. */
export function betaProbability({ a, b, c }: BetaMap, score: number): number {
  const [x, y] = terms(score);
  return 1 / (1 + Math.exp(-(a * x! + b * y! + c)));
}

function terms(score: number): number[] {
  const p = Math.min(1 - SUREST, Math.max(SUREST, score));
  return [Math.log(p), -Math.log1p(-p)];
}

type Row = ScoredGroup & { readonly x: readonly number[] };

/** Newton steps until the coefficients stand still; halvings of a step that would make the fit worse. */
const STEPS = 100;
const HALVINGS = 30;
const STILL = 1e-10;

/** Coefficients of the used terms and the constant; others 0. */
function fitLogistic(groups: readonly ScoredGroup[], used: readonly boolean[]): number[] {
  const rows = groups.map(
    (group): Row => ({
      ...group,
      x: [...terms(group.score).map((t, i) => (used[i] ? t : 0)), 1],
    }),
  );
  let weights = [used[0] ? 1 : 0, used[1] ? 1 : 0, 0];
  let fit = logLikelihood(rows, weights);
  for (let step = 0; step < STEPS; step++) {
    const move = newtonMove(rows, weights);
    // Scores near 0 and 1 are flat there: a whole step may lead far away, a part of it never does (the likelihood is concave).
    let taken = 1;
    let next = weights.map((weight, i) => weight + move[i]!);
    let better = logLikelihood(rows, next);
    for (let halved = 0; !(better >= fit) && halved < HALVINGS; halved++) {
      taken /= 2;
      next = weights.map((weight, i) => weight + taken * move[i]!);
      better = logLikelihood(rows, next);
    }
    if (!(better >= fit)) break;
    [weights, fit] = [next, better];
    if (taken * Math.max(...move.map(Math.abs)) < STILL) break;
  }
  return weights;
}

function newtonMove(rows: readonly Row[], weights: readonly number[]): number[] {
  const gradient = [0, 0, 0];
  const hessian = weights.map((_, i) => [0, 0, 0].map((_, j) => (i === j ? 1e-9 : 0)));
  for (const { x, n, positive } of rows) {
    const p = 1 / (1 + Math.exp(-inner(x, weights)));
    for (let i = 0; i < 3; i++) {
      gradient[i]! += (positive - n * p) * x[i]!;
      for (let j = 0; j < 3; j++) hessian[i]![j]! += n * p * (1 - p) * x[i]! * x[j]!;
    }
  }
  return solve(hessian, gradient);
}

function logLikelihood(rows: readonly Row[], weights: readonly number[]): number {
  return rows.reduce((sum, { x, n, positive }) => {
    const z = inner(x, weights);
    return sum + positive * z - n * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))));
  }, 0);
}

function inner(x: readonly number[], weights: readonly number[]): number {
  return x[0]! * weights[0]! + x[1]! * weights[1]! + x[2]! * weights[2]!;
}

/** Solves a small linear system by elimination with pivoting. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const d = rows.length;
  for (let i = 0; i < d; i++) {
    let pivot = i;
    for (let k = i + 1; k < d; k++) if (Math.abs(rows[k]![i]!) > Math.abs(rows[pivot]![i]!)) pivot = k;
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let k = 0; k < d; k++) {
      if (k === i) continue;
      const factor = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= d; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  return rows.map((row, i) => row[d]! / row[i]!);
}
