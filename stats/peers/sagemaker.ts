import { logChiSquareTail } from '../distributions/chi-square-tail.ts';
import { greatestChange } from './divergences.ts';
import { outcome, type PeerOutcome, type PeerSample, type PeerTest, type PeerTool } from './peer.ts';
import { twoSampleKs } from './two-sample-ks.ts';
import { alignedCounts, categories, numbers } from './values.ts';

/** c(α) at α = 0.003, the constant of Deequ. */
const ROBUST = 1.8;
/** Least expected count of a category: of two, and of more (there a fifth of them may have less). */
const LEAST_OF_TWO = 10;
const LEAST_OF_MORE = 5;
const SMALL_SHARE = 0.2;

type Compute = (reference: PeerSample, current: PeerSample) => PeerOutcome;

/** The greatest gap, and the sizes it was seen on. */
interface Gap {
  readonly size: number;
  readonly m: number;
  readonly n: number;
}

function ofNumbers(reference: PeerSample, current: PeerSample): Gap {
  const [r, c] = [numbers(reference), numbers(current)];
  return { size: twoSampleKs(r, c, true).statistic, m: r.length, n: c.length };
}

function ofCategories(reference: PeerSample, current: PeerSample): Gap {
  const { reference: r, current: c, m, n } = alignedCounts(reference, current);
  return { size: greatestChange(r, c), m, n };
}

function filledSides(compute: Compute): Compute {
  return (reference, current) =>
    categories(reference).length === 0 || categories(current).length === 0
      ? { reason: 'not_enough_data' }
      : compute(reference, current);
}

const simple = (gap: typeof ofNumbers): Compute => filledSides((r, c) => outcome(gap(r, c).size));

/** Less what samples of these sizes differ by without drift: max(0, L∞ − 1.8 √((m + n) / (mn))). */
const robust = (gap: typeof ofNumbers): Compute =>
  filledSides((r, c) => {
    const { size, m, n } = gap(r, c);
    return outcome(Math.max(0, size - ROBUST * Math.sqrt((m + n) / (m * n))));
  });

/**
 * p of χ² of the current counts against the reference's, scaled: categories new to the reference are left out, the rarest is
 * added to the next until the expected counts are large enough (Cochran for two, Yates for more); one left is not_enough_data.
 */
const chiSquared = filledSides((reference, current) => {
  const { keys, reference: r, current: c, m } = alignedCounts(reference, current);
  const known = r.map((_, i) => i).filter((i) => r[i]! > 0);
  const seen = known.reduce((sum, i) => sum + c[i]!, 0);
  const cells = known.map((i) => ({ key: keys[i]!, expected: (r[i]! / m) * seen, observed: c[i]! }));
  while (cells.length >= 2 && tooSmall(cells)) {
    // Deequ leaves equally rare ones to the order of a hash map; here the name decides.
    cells.sort((a, b) => a.expected - b.expected || (a.key < b.key ? -1 : 1));
    const [rarest, next] = [cells.shift()!, cells[0]!];
    cells[0] = {
      key: next.key,
      expected: next.expected + rarest.expected,
      observed: next.observed + rarest.observed,
    };
  }
  if (cells.length < 2 || seen === 0) return { reason: 'not_enough_data' };
  const statistic = cells.reduce(
    (sum, { expected, observed }) => sum + (observed - expected) ** 2 / expected,
    0,
  );
  return outcome(Math.exp(logChiSquareTail(statistic, cells.length - 1)));
});

function tooSmall(cells: readonly { readonly expected: number }[]): boolean {
  const least = cells.length === 2 ? LEAST_OF_TWO : LEAST_OF_MORE;
  const allowed = cells.length === 2 ? 0 : Math.floor(SMALL_SHARE * cells.length);
  return cells.filter(({ expected }) => expected < least).length > allowed;
}

function distance(title: string, accepts: PeerTest['accepts'], compute: Compute): PeerTest {
  return { title, accepts, compute, threshold: 0.1, direction: '>' };
}

/**
 * SageMaker Model Monitor's drift checks by the formulas of Deequ, the open library it is built on. Not known: the error of its
 * quantile sketches (here: the exact distribution functions), which Deequ it ran, and how it compared p with its threshold.
 */
export const sagemaker: PeerTool = {
  id: 'sagemaker',
  title: 'SageMaker Model Monitor',
  version: 'constraints.json 0.0, Deequ 2.0',
  evidence: 'formula',
  choose: (type) => (type === 'numeric' ? 'Robust' : 'LInfinity'),
  tests: {
    Simple: distance('L∞ of the distribution functions', ['numeric'], simple(ofNumbers)),
    Robust: distance('L∞ of the distribution functions, less the gap of equal samples', ['numeric'], robust(ofNumbers)), // biome-ignore format: a table
    LInfinity: distance('Greatest change of a share, less the gap of equal samples', ['categorical'], robust(ofCategories)), // biome-ignore format: a table
    LInfinitySimple: distance('Greatest change of a share', ['categorical'], simple(ofCategories)),
    ChiSquared: { title: 'χ² p', accepts: ['categorical'], compute: chiSquared, threshold: 0.1, direction: '<' }, // biome-ignore format: a table
  },
};
