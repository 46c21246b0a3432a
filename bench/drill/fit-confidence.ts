import { type Calibration, calibrated } from '../../server/incidents/calibrated.ts';
import { weighed } from '../../server/incidents/diagnose.ts';
import type { PlantedCase } from './diagnosis.ts';

/** An explanation that was offered for a planted fault, and whether it was the one. */
export interface Offered {
  readonly table: string;
  readonly worth: number;
  readonly rival: number;
  readonly right: boolean;
  /** It was the likeliest of its fault. */
  readonly first: boolean;
}

/** All that was offered for a fault; nothing where nothing was alerted. */
export function offered({ scenario, about }: PlantedCase): Offered[] {
  if (about.facts.length === 0) return [];
  const all = weighed(about.facts, about.evidence);
  const best = Math.max(...all.map(({ worth, rival }) => calibrated(worth, rival)));
  return all.map(({ kind, worth, rival }) => ({
    ...{ table: scenario.table, worth, rival, right: kind === scenario.fault?.kind },
    first: calibrated(worth, rival) === best,
  }));
}

/** The parameters by which what was offered is likeliest to be right as often as it was: the best of a grid, then of finer ones around it. */
export function fitCalibration(rows: readonly Offered[]): Calibration {
  let [best, step] = [
    { alone: 2, beside: 4 },
    { alone: 0.5, beside: 1 },
  ];
  for (let finer = 0; finer < 5; finer++) {
    const near = around(best.alone, step.alone).flatMap((alone) =>
      around(best.beside, step.beside).map((beside) => ({ alone, beside })),
    );
    best = near.reduce((a, b) => (likelihood(rows, b) > likelihood(rows, a) ? b : a));
    step = { alone: step.alone / 3, beside: step.beside / 3 };
  }
  return best;
}

const around = (middle: number, step: number) =>
  Array.from({ length: 13 }, (_, i) => middle + (i - 6) * step).filter((each) => each > 0);

/** Its logarithm; nothing is impossible. */
function likelihood(rows: readonly Offered[], parameters: Calibration): number {
  return rows.reduce((sum, { worth, rival, right }) => {
    const p = Math.max(0.001, Math.min(0.999, calibrated(worth, rival, parameters)));
    return sum + Math.log(right ? p : 1 - p);
  }, 0);
}
