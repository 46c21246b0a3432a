import { boundedMean } from '../../../stats/intervals/bounded-mean.ts';
import { GAINS, present, RANKED, RANKED_FIRST } from '../../profiles/profile.ts';
import type { QualityRecipe } from '../subject.ts';
import { counted, type QualityMetric } from './metric.ts';

type Gain = (typeof GAINS)[number];

const TITLES: Readonly<Record<Gain, string>> = {
  ndcg: `NDCG@${RANKED_FIRST}`,
  map: `MAP@${RANKED_FIRST}`,
  mrr: 'mean reciprocal rank',
  hit_rate: `hit rate@${RANKED_FIRST}`,
};

/** The mean over labelled lists; those without a relevant item, in which nothing could be ranked well, are left out. Pure. */
function gainRecipe(gain: Gain): QualityRecipe {
  const column = RANKED + gain;
  return {
    ...{ metric: gain, of: '', better: 'higher' },
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
    ...{ id, title: TITLES[id], unit: id === 'hit_rate' ? 'share' : '', definition: `${id}@1` },
    ...{ worse: 'lower', ...(id === 'ndcg' && { headline: 4 }) },
  },
  tasks: ['ranking'],
  from: 'rankings',
  recipe: () => gainRecipe(id),
}));
