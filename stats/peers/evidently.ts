import { jsDistanceNat, kullbackLeibler, stabilityIndex } from './divergences.ts';
import {
  evidentlyChiSquare,
  evidentlyFisher,
  evidentlyG,
  evidentlyTvd,
  evidentlyZ,
} from './evidently-categorical.ts';
import { evidentlyHellinger } from './evidently-hellinger.ts';
import {
  evidentlyAnderson,
  evidentlyCramerVonMises,
  evidentlyEnergy,
  evidentlyEppsSingleton,
  evidentlyKs,
  evidentlyMannWhitney,
  evidentlyStudent,
  evidentlyWasserstein,
} from './evidently-numeric.ts';
import { evidentlyShares, fillZeros, type SharePair } from './evidently-shares.ts';
import { outcome, type PeerOutcome, type PeerSample, type PeerTest, type PeerTool } from './peer.ts';
import { categories } from './values.ts';

/** Whole numbers of at most this many values in the current table are categories. */
const FEW_INTEGERS = 10;
/** Up to this many reference rows Evidently tests by p-value, above by distance. */
const FEW_ROWS = 1000;

type Compute = (reference: PeerSample, current: PeerSample) => PeerOutcome;

/** An empty side is an error in Evidently. */
function filledSides(compute: Compute): Compute {
  return (reference, current) =>
    categories(reference).length === 0 || categories(current).length === 0
      ? { reason: 'not_enough_data' }
      : compute(reference, current);
}

function onShares(compute: (pair: SharePair) => number): Compute {
  return filledSides((reference, current) => {
    const type = reference instanceof Float64Array ? 'numeric' : 'categorical';
    return outcome(compute(evidentlyShares(reference, current, type)));
  });
}

const both = ['numeric', 'categorical'] as const;
const numeric = ['numeric'] as const;
const categorical = ['categorical'] as const;

function distance(title: string, accepts: PeerTest['accepts'], compute: Compute): PeerTest {
  return { title, accepts, compute, threshold: 0.1, direction: '>=' };
}

function pValue(
  title: string,
  accepts: PeerTest['accepts'],
  compute: Compute,
  threshold: number,
  direction: '<' | '<=' = '<',
): PeerTest {
  return { title, accepts, compute: filledSides(compute), threshold, direction };
}

/** Evidently: distances above, p-values below their threshold; nulls and infinities are dropped, so they are never drift. */
export const evidently: PeerTool = {
  id: 'evidently',
  title: 'Evidently',
  version: '0.7.23',
  evidence: 'run',
  guess({ dtype, distinct }) {
    if (dtype === 'float') return 'numeric';
    return dtype === 'integer' && distinct > FEW_INTEGERS ? 'numeric' : 'categorical';
  },
  choose(type, { rows, distinct }) {
    const manyValued = type === 'numeric' && distinct > 5;
    if (rows > FEW_ROWS) return manyValued ? 'wasserstein' : 'jensenshannon';
    if (manyValued) return 'ks';
    return distinct > 2 ? 'chisquare' : 'z';
  },
  tests: {
    psi: distance('Population stability index', both, onShares((pair) => {
      const { reference, current } = fillZeros(pair);
      return stabilityIndex(reference, current);
    })), // biome-ignore format: a table
    jensenshannon: distance('Jensen–Shannon distance, natural logarithm', both, onShares((pair) => jsDistanceNat(pair.reference, pair.current))), // biome-ignore format: a table
    kl_div: distance('Kullback–Leibler divergence', both, onShares((pair) => {
      const { reference, current } = fillZeros(pair);
      return kullbackLeibler(reference, current);
    })), // biome-ignore format: a table
    hellinger: distance('Hellinger distance', both, filledSides(evidentlyHellinger)),
    wasserstein: distance('Wasserstein-1 distance ÷ standard deviation', numeric, evidentlyWasserstein),
    ed: { ...distance('Energy distance', numeric, evidentlyEnergy), direction: '>' },
    ks: pValue('Kolmogorov–Smirnov p', numeric, evidentlyKs, 0.05, '<='),
    chisquare: pValue('χ² p', both, evidentlyChiSquare, 0.05),
    z: pValue('Two-proportion z p', both, evidentlyZ, 0.05),
    g_test: pValue('G-test p', categorical, evidentlyG, 0.1),
    fisher_exact: pValue('Fisher’s exact p', categorical, evidentlyFisher, 0.1),
    TVD: pValue('Total variation, permutation p', categorical, evidentlyTvd, 0.1),
    t_test: pValue('Student’s t p', numeric, evidentlyStudent, 0.05),
    mannw: pValue('Mann–Whitney p, one-sided', numeric, evidentlyMannWhitney, 0.05),
    anderson: pValue('Anderson–Darling p', numeric, evidentlyAnderson, 0.1),
    cramer_von_mises: pValue('Cramér–von Mises p', numeric, evidentlyCramerVonMises, 0.1, '<='),
    es: pValue('Epps–Singleton p', numeric, evidentlyEppsSingleton, 0.05),
  },
};
