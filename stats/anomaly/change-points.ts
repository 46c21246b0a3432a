import { logGamma } from '../distributions/gamma.ts';

/** What is believed of a stream before anything of it came; the defaults suit values in units of their usual spread. */
export interface ChangePointOptions {
  /** Values between two changes, on average. Default 250. */
  readonly between?: number;
  /** Prior of mean and variance (normal-inverse-gamma): where the mean lies, how many values that is worth, shape and scale. Default 0, 1, 1, 1. */
  readonly mean?: number;
  readonly worth?: number;
  readonly shape?: number;
  readonly scale?: number;
  /** Run lengths that are kept, the most probable ones. Default 500. */
  readonly most?: number;
}

/** A run of values since the last change, as it may be. */
interface Run {
  readonly length: number;
  readonly share: number;
  readonly mean: number;
  readonly worth: number;
  readonly shape: number;
  readonly scale: number;
}

/** What the detector remembers; plain JSON. */
export interface ChangePoints {
  readonly n: number;
  /** Runs by length, the shortest first. Their shares add up to 1. */
  readonly runs: readonly Run[];
}

/** A detector that has seen nothing. */
export const CHANGE_POINTS_START: ChangePoints = { n: 0, runs: [] };

/** Less probable ones are forgotten. */
const NEGLIGIBLE = 1e-9;

/**
 * Bayesian online detection of change points after one more value: how probable each length of the run since the last change is, for normal
 * values of unknown mean and variance. Strictly online, at most `most` runs in memory. What is not finite changes nothing.
 * Source: Adams & MacKay 2007, "Bayesian Online Changepoint Detection"; conjugate updates: Murphy 2007.
 * @example values.reduce((state, x) => changePoints(state, x), CHANGE_POINTS_START)
 */
export function changePoints(
  { n, runs }: ChangePoints,
  x: number,
  { between = 250, mean = 0, worth = 1, shape = 1, scale = 1, most = 500 }: ChangePointOptions = {},
): ChangePoints {
  if (!Number.isFinite(x)) return { n, runs };
  const fresh: Run = { length: 0, share: 1, mean, worth, shape, scale };
  const weighed = (runs.length === 0 ? [fresh] : runs).map((run) => ({
    run,
    weight: run.share * density(x, run),
  }));
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  // Beyond anything that any run allows: all is new.
  if (!(total > 0)) return { n: n + 1, runs: [{ ...fresh, share: 1 }] };
  const chance = 1 / between;
  const next = [
    { ...fresh, share: chance },
    ...weighed.map(({ run, weight }) => ({ ...grown(run, x), share: ((1 - chance) * weight) / total })),
  ].filter(({ share }) => share > NEGLIGIBLE);
  return { n: n + 1, runs: normalise(mostProbable(next, most)) };
}

/**
 * The probability that the run is at most `length` values long: that something changed within the last `length` values.
 * @example changedWithin(CHANGE_POINTS_START, 3) // 0
 */
export function changedWithin({ n, runs }: ChangePoints, length: number): number {
  if (n <= length) return 0;
  let share = 0;
  for (const run of runs) if (run.length <= length) share += run.share;
  return Math.min(1, share);
}

/** The most probable length of the run since the last change, in values. */
export function runLength({ runs }: ChangePoints): number {
  return runs.reduce((best, run) => (run.share > best.share ? run : best), { length: 0, share: 0 }).length;
}

/** Student's t with 2 · shape degrees of freedom: what a run expects of the next value. */
function density(x: number, { mean, worth, shape, scale }: Run): number {
  const freedom = 2 * shape;
  const spread = (scale * (worth + 1)) / (shape * worth);
  const log =
    logGamma((freedom + 1) / 2) -
    logGamma(freedom / 2) -
    0.5 * Math.log(freedom * Math.PI * spread) -
    ((freedom + 1) / 2) * Math.log1p((x - mean) ** 2 / (freedom * spread));
  return Math.exp(log);
}

function grown({ length, share, mean, worth, shape, scale }: Run, x: number): Run {
  return {
    ...{ length: length + 1, share },
    mean: (worth * mean + x) / (worth + 1),
    worth: worth + 1,
    shape: shape + 0.5,
    scale: scale + (worth * (x - mean) ** 2) / (2 * (worth + 1)),
  };
}

function mostProbable(runs: Run[], most: number): Run[] {
  if (runs.length <= most) return runs;
  const least = runs.map(({ share }) => share).sort((a, b) => b - a)[most - 1]!;
  return runs.filter(({ share }) => share >= least).slice(0, most);
}

function normalise(runs: Run[]): Run[] {
  const total = runs.reduce((sum, { share }) => sum + share, 0);
  return runs.map((run) => ({ ...run, share: run.share / total }));
}
