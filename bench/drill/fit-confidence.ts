import { type Calibration, LEAST_WORTH, logit } from '../../server/incidents/calibrated.ts';
import { weighed } from '../../server/incidents/diagnose.ts';
import type { PlantedCase } from './diagnosis.ts';

/** An explanation that was offered for a planted fault, and whether it was the one. */
export interface Offered {
  readonly worth: number;
  readonly rival: number;
  readonly right: boolean;
  /** 0: the likeliest. */
  readonly place: number;
}

/** All that was offered for these faults. */
export function offered(cases: readonly PlantedCase[]): Offered[] {
  return cases.flatMap(({ scenario, about }) =>
    about.facts.length === 0
      ? []
      : weighed(about.facts, about.evidence).map(({ kind, worth, rival }, place) => ({
          ...{ worth, rival, place },
          right: kind === scenario.fault?.kind,
        })),
  );
}

const ROUNDS = 50;
/** As if so much had been seen against any slope: rows that a line separates have no best one. */
const RIDGE = 0.5;

/** The parameters by which what was offered is likeliest to be right as often as it was: logistic regression, by Newton's steps. */
export function fitCalibration(all: readonly Offered[]): Calibration {
  const rows = all.map(({ worth, rival, right }) => ({
    x: [1, logit(worth), logit(LEAST_WORTH) - logit(rival)],
    y: Number(right),
  }));
  let beta = [0, 1, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = [0, -RIDGE * beta[1]!, -RIDGE * beta[2]!];
    const hessian = [
      [1e-9, 0, 0],
      [0, RIDGE, 0],
      [0, 0, RIDGE],
    ];
    for (const { x, y } of rows) {
      const p = 1 / (1 + Math.exp(-x.reduce((sum, xi, i) => sum + xi * beta[i]!, 0)));
      for (let i = 0; i < 3; i++) {
        gradient[i]! += (y - p) * x[i]!;
        for (let j = 0; j < 3; j++) hessian[i]![j]! += p * (1 - p) * x[i]! * x[j]!;
      }
    }
    const step = solved(hessian, gradient);
    beta = beta.map((each, i) => each + step[i]!);
  }
  return { base: beta[0]!, own: beta[1]!, rival: beta[2]! };
}

/** By Gauss's elimination. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  rows.forEach((pivot, i) => {
    rows.forEach((row, j) => {
      if (i === j) return;
      const factor = row[i]! / pivot[i]!;
      for (let k = i; k < row.length; k++) row[k]! -= factor * pivot[k]!;
    });
  });
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}
