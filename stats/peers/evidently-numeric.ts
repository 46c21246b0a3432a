import { andersonDarlingTest } from '../comparisons/anderson-darling-k.ts';
import { studentTest } from '../comparisons/student.ts';
import { sampleOf } from '../sample.ts';
import { cramerVonMisesP } from './cramer-von-mises-p.ts';
import { eppsSingleton } from './epps-singleton.ts';
import { mannWhitneyLess } from './mann-whitney-less.ts';
import { outcome, type PeerOutcome, type PeerSample } from './peer.ts';
import { gapBetween, wasserstein1 } from './transport.ts';
import { twoSampleKs } from './two-sample-ks.ts';
import { meanAndVariance, numbers } from './values.ts';

type OnNumbers = (reference: Float64Array, current: Float64Array) => PeerOutcome;

/** Runs it on the finite numbers; a side without one is `not_enough_data`. */
export function onNumbers(compute: OnNumbers, least = 1): (r: PeerSample, c: PeerSample) => PeerOutcome {
  return (reference, current) => {
    const [r, c] = [numbers(reference), numbers(current)];
    return r.length < least || c.length < least ? { reason: 'not_enough_data' } : compute(r, c);
  };
}

/** Wasserstein-1 ÷ the reference's standard deviation (population), at least 0.001 of the column's unit. */
export const evidentlyWasserstein = onNumbers((r, c) =>
  outcome(wasserstein1(r, c) / Math.max(Math.sqrt(meanAndVariance(r).variance), 0.001)),
);

export const evidentlyKs = onNumbers((r, c) => outcome(twoSampleKs(r, c).p));

/** √2 times the root of the squared gap between the distribution functions: SciPy's energy distance. */
export const evidentlyEnergy = onNumbers((r, c) => outcome(Math.SQRT2 * Math.sqrt(gapBetween(r, c, 2))));

/** p of Student's t; two constants that differ are 0. */
export const evidentlyStudent = onNumbers((r, c) => {
  const result = studentTest(sampleOf(r), sampleOf(c));
  if ('value' in result) return outcome(result.p);
  return result.reason === 'constant' && r[0] !== c[0] ? { value: 0 } : { reason: 'not_finite' };
});

export const evidentlyCramerVonMises = onNumbers(cramerVonMisesP, 2);

export const evidentlyMannWhitney = onNumbers((r, c) => outcome(mannWhitneyLess(r, c)));

export const evidentlyEppsSingleton = onNumbers(eppsSingleton, 5);

/** SciPy's p of the Anderson–Darling test: a parabola through the logarithms of seven tabulated levels, held in [0.001, 0.25]. */
export const evidentlyAnderson = onNumbers((r, c) => {
  const result = andersonDarlingTest(sampleOf(r), sampleOf(c));
  if (!('value' in result)) return { reason: result.reason === 'constant' ? 'refused' : 'not_enough_data' };
  const statistic = result.value;
  const critical = CRITICAL.map(([x]) => x!);
  if (statistic < Math.min(...critical)) return { value: 0.25 };
  if (statistic > Math.max(...critical)) return { value: 0.001 };
  return outcome(Math.exp(parabola(critical, CRITICAL.map(([, p]) => Math.log(p!)), statistic))); // biome-ignore format: one call
});

/** Scholz and Stephens 1987, table 2, for two samples: critical value and level. */
const CRITICAL = [
  [0.675 - 0.245 - 0.105, 0.25],
  [1.281 + 0.25 - 0.305, 0.1],
  [1.645 + 0.678 - 0.362, 0.05],
  [1.96 + 1.149 - 0.391, 0.025],
  [2.326 + 1.822 - 0.396, 0.01],
  [2.573 + 2.364 - 0.345, 0.005],
  [3.085 + 3.615 - 0.154, 0.001],
];

/** The least-squares parabola through the points, at x. */
function parabola(xs: readonly number[], ys: readonly number[], at: number): number {
  const centre = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const moment = (power: number) => xs.reduce((sum, x) => sum + (x - centre) ** power, 0);
  const mixed = (power: number) => xs.reduce((sum, x, i) => sum + ys[i]! * (x - centre) ** power, 0);
  const [s0, s2, s3, s4] = [xs.length, moment(2), moment(3), moment(4)];
  const [t0, t1, t2] = [mixed(0), mixed(1), mixed(2)];
  // Normal equations with Σ(x − centre) = 0: a + c·s2/s0 = t0/s0, b·s2 + c·s3 = t1, a·s2 + b·s3 + c·s4 = t2.
  const c = (t2 - (t0 * s2) / s0 - (t1 * s3) / s2) / (s4 - (s2 * s2) / s0 - (s3 * s3) / s2);
  const b = (t1 - c * s3) / s2;
  const a = (t0 - c * s2) / s0;
  return a + b * (at - centre) + c * (at - centre) ** 2;
}
