import { normalQuantile } from '../../stats/distributions/normal.ts';
import { delong } from '../../stats/performance/roc-auc.ts';
import type { LabelledScores } from '../../stats/performance/score-cells.ts';
import { type Random, random } from '../../stats/random.ts';
import { addAreaStratum, gatheredAreas, NO_AREAS } from '../../stats/sequential/area-strata.ts';
import type { Canary } from '../../stats/sequential/canary.testing.ts';
import { differenceSequence } from '../../stats/sequential/difference-sequence.ts';

const SMALLEST = 0.01;
/** Rows of each side in a step of time, and steps at most, as the verdict reads them. */
const STEP = 500;
const STEPS = 400;
/** Share of positives. */
const POSITIVE = 0.3;
/** Scores come out of tables of so many equally likely values, on cells of an eighth of a standard deviation. */
const TABLE = 1 << 14;
const CELLS = 8;

/** Areas of the baseline and of the canary. */
const AREAS = [
  [0.8, 0.8],
  [0.65, 0.65],
  [0.95, 0.95],
  [0.8, 0.81],
  [0.8, 0.79],
  [0.8, 0.83],
] as const;

/** Prints the same as `sequential` of areas under the ROC curve, as Markdown. */
export function sequentialAreas(runs: number): void {
  console.log(
    `\n### Of ROC AUC\n\n${runs.toLocaleString('en-US')} simulated canaries a line, looked at after every ${STEP} rows of each side, ${100 * POSITIVE} % positives, up to ${STEPS} looks, tuned to a difference of 1 point.\n`,
  );
  console.log(
    '| ROC AUC, baseline → canary | "better" | "worse" | right within 1 × fixed size | within 1.5 × | rows of each side, fixed size |',
  );
  console.log('|---|---:|---:|---:|---:|---:|');
  for (const [before, after] of AREAS) console.log(line(before, after, runs));
}

function line(before: number, after: number, runs: number): string {
  const next = random(2026 + Math.round(1000 * (before + after)));
  const [reference, current] = [drawer(before, next), drawer(after, next)];
  const same = before === after;
  const fixed = fixedSize(reference, current, same ? SMALLEST : after - before);
  const all = Array.from({ length: runs }, () => canary(reference, current));
  const share = (is: (one: Canary) => boolean) => `${((100 * all.filter(is).length) / runs).toFixed(1)} %`;
  const truth = after > before ? 'better' : 'worse';
  const within = (times: number) =>
    same ? '–' : share(({ said, rows }) => said === truth && rows <= times * fixed);
  const cells = [
    `${before} → ${after}`,
    ...[share(({ said }) => said === 'better'), share(({ said }) => said === 'worse')],
    ...[within(1), within(1.5)],
    Math.round(fixed).toLocaleString('en-US'),
  ];
  return `| ${cells.join(' | ')} |`;
}

type Draw = (rows: number) => LabelledScores;

/** Normal scores of both classes whose area is the one that is wanted. */
function drawer(area: number, next: Random): Draw {
  const apart = Math.SQRT2 * normalQuantile(area);
  const table = (middle: number) =>
    Int16Array.from({ length: TABLE }, (_, i) =>
      Math.floor(CELLS * (normalQuantile((i + 0.5) / TABLE) + middle)),
    );
  const [negatives, positives] = [table(0), table(apart)];
  return (rows) => {
    const [positive, negative] = [new Map<number, number>(), new Map<number, number>()];
    for (let i = 0; i < rows; i++) {
      const is = next() < POSITIVE;
      const cell = (is ? positives : negatives)[Math.floor(TABLE * next())]!;
      const side = is ? positive : negative;
      side.set(cell, (side.get(cell) ?? 0) + 1);
    }
    return { positive, negative };
  };
}

function canary(reference: Draw, current: Draw): Canary {
  let strata = NO_AREAS;
  for (let step = 1; step <= STEPS; step++) {
    strata = addAreaStratum(strata, reference(STEP), current(STEP));
    const of = gatheredAreas(strata);
    const found = of === null ? null : differenceSequence(of, { smallest: SMALLEST });
    if (found === null || !('value' in found)) continue;
    if (found.low > 0) return { said: 'better', rows: step * STEP };
    if (found.high < 0) return { said: 'worse', rows: step * STEP };
  }
  return { said: 'nothing', rows: STEPS * STEP };
}

/** Rows of each side that a fixed-size test of DeLong's variance needs: level 5 % on both sides, power 80 %. */
function fixedSize(reference: Draw, current: Draw, difference: number): number {
  const many = 400_000;
  const variance = [reference, current].reduce((sum, draw) => {
    const found = delong(draw(many));
    return sum + ('reason' in found ? 0 : found.variance * many);
  }, 0);
  return ((1.959964 + 0.841621) ** 2 * variance) / difference ** 2;
}
