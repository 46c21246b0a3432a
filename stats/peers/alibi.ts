import { contingency } from './contingency.ts';
import { cramerVonMisesP } from './cramer-von-mises-p.ts';
import { outcome, type PeerOutcome, type PeerSample, type PeerTool } from './peer.ts';
import { twoSampleKs } from './two-sample-ks.ts';
import { alignedCounts, categories, numbers } from './values.ts';

function filled(compute: (reference: PeerSample, current: PeerSample) => number) {
  return (reference: PeerSample, current: PeerSample): PeerOutcome =>
    categories(reference).length === 0 || categories(current).length === 0
      ? { reason: 'not_enough_data' }
      : outcome(compute(reference, current));
}

/** Alibi Detect's univariate tests: p below 0.05 ÷ number of columns (Bonferroni) is drift; p is stored in 32 bits there. */
export const alibi: PeerTool = {
  id: 'alibi',
  title: 'Alibi Detect',
  version: '0.13.0',
  evidence: 'run',
  choose: (type) => (type === 'numeric' ? 'ks' : 'chi2'),
  tests: {
    ks: {
      title: 'Kolmogorov–Smirnov p, asymptotic',
      accepts: ['numeric'],
      compute: filled((r, c) => twoSampleKs(numbers(r), numbers(c), true).p),
      threshold: 0.05,
      direction: '<',
    },
    cvm: {
      title: 'Cramér–von Mises p',
      accepts: ['numeric'],
      compute: (r, c) => cramerVonMisesP(numbers(r), numbers(c), false),
      threshold: 0.05,
      direction: '<',
    },
    chi2: {
      title: 'χ² p',
      accepts: ['categorical'],
      compute: filled((r, c) => {
        const counts = alignedCounts(r, c);
        return contingency(counts.reference, counts.current).p;
      }),
      threshold: 0.05,
      direction: '<',
    },
  },
};

/** Alibi's threshold for each of `columns` columns at the detector's `p`. */
export function bonferroni(columns: number, p = 0.05): number {
  return p / Math.max(1, columns);
}
