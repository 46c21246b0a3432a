import { gridOf } from './asinh-grid.ts';
import { JS_DISTANCE_THRESHOLD } from './distances/js-distance.ts';
import { driftScore } from './drift-score.ts';
import { type Random, randomNormal } from './random.ts';
import { referenceBins } from './reference-bins.ts';
import { countsOf } from './sample.testing.ts';

export interface DriftSimulation {
  readonly m: number;
  readonly n: number;
  readonly bins: number;
  /** Mean shift in standard deviations. */
  readonly shift: number;
  readonly runs: number;
}

/** How many of the runs on normal data are called drift, each with a fresh reference; a run without a score throws. */
export function driftsFound({ m, n, bins, shift, runs }: DriftSimulation, next: Random): number {
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const before = Array.from({ length: m }, () => randomNormal(next));
    const grid = gridOf(before.slice(0, 5000));
    const reference = countsOf(before, grid);
    const current = countsOf(Array.from({ length: n }, () => shift + randomNormal(next)), grid); // biome-ignore format: one line
    const score = driftScore(reference, current, referenceBins(reference, { bins }));
    if (!('value' in score)) throw new Error(score.reason);
    if (score.low > JS_DISTANCE_THRESHOLD) found++;
  }
  return found;
}
