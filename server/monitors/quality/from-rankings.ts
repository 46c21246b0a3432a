import { RANKING_K } from '../../../contract/model.ts';
import { boundedMean } from '../../../stats/intervals/bounded-mean.ts';
import { GAINS, type Gain, gainProfile, present, RANKED } from '../../profiles/profile.ts';
import type { MetricMeta } from '../kind.ts';
import type { QualityRecipe } from '../subject.ts';
import { counted, type QualityMetric } from './metric.ts';

/** What it is called where k is not known, and of the first k items. */
const TITLES: Readonly<Record<Gain, (k: number | 'k') => string>> = {
  ndcg: (k) => `NDCG@${k}`,
  map: (k) => `MAP@${k}`,
  mrr: () => 'mean reciprocal rank',
  hit_rate: (k) => `hit rate@${k}`,
};

/** Values of another k are of another definition. The rank of the first relevant item is the same of every k. */
const metaOf = (gain: Gain, k: number): Pick<MetricMeta, 'title' | 'definition'> => ({
  title: TITLES[gain](k),
  definition: `${gain}${gain === 'mrr' || k === RANKING_K ? '' : `_at_${k}`}@1`,
});

/** The mean over labelled lists; those without a relevant item, in which nothing could be ranked well, are left out. Pure. */
function gainRecipe(gain: Gain, k: number): QualityRecipe {
  const column = gainProfile(RANKED, gain, k);
  return {
    ...{ metric: gain, of: '', better: 'higher', meta: metaOf(gain, k) },
    // The last element counts lists without a relevant item.
    ...{ columns: [column], labelledIn: [column], width: 4, counted: 1 },
    add(profiles, into) {
      const gains = profiles.get(column);
      if (gains === undefined) return;
      into[0]! += present(gains);
      into[1]! += gains.sum;
      into[2]! += gains.sum2;
      into[3]! += gains.missing;
    },
    quality([n = 0, sum = 0, sum2 = 0, none = 0]) {
      if (n === 0 && none > 0) return { reason: 'no_relevant_item', n };
      return counted(boundedMean({ n, sum, sum2 }), n);
    },
  };
}

/** Metrics of lists of items, from which of them were clicked or bought. */
export const FROM_RANKINGS: readonly QualityMetric[] = GAINS.map((id) => ({
  meta: {
    ...{ ...metaOf(id, RANKING_K), id, title: TITLES[id]('k'), unit: id === 'hit_rate' ? 'share' : '' },
    ...{ worse: 'lower', ...(id === 'ndcg' && { headline: 4 }) },
  },
  tasks: ['ranking'],
  from: 'rankings',
  recipe: ({ k }) => gainRecipe(id, k),
}));
