import type { Impact } from '../../../contract/impact.ts';
import type { Sums } from '../../../stats/intervals/mean.ts';
import { valuesOf } from '../../monitors/business/recipes.ts';
import { type Profile, present } from '../../profiles/profile.ts';
import type { QualityMetric } from '../quality/metrics.ts';
import type { FollowedMeasure } from './follow.ts';

type Profiles = ReadonlyMap<string, Profile>;

/** A measure that is a mean over predictions: its sums add up over buckets, and two of it are compared bucket by bucket. */
export interface MeanMeasure extends FollowedMeasure {
  readonly columns: readonly string[];
  /** Of one value: what scatter is assumed of where all values were alike; 1 for shares, else 0. */
  readonly one: number;
  sums(profiles: Profiles): Sums;
}

const positive = (value: number) => (value > 0 ? value : null);

interface OfQuality extends Pick<MeanMeasure, 'one' | 'smallest'> {
  of(sums: ArrayLike<number>): Sums;
  /** What is a mean where the metric is none, such as the squares of which it is the root. */
  readonly meaning?: Pick<MeanMeasure, 'id' | 'title'>;
}

/** Rows, their sum and that of their squares. */
const MOMENTS = 3;

/** A fiftieth of what there is matters, of what is told as rows, their sum and that of their squares. */
const FROM_MOMENTS: OfQuality = {
  one: 0,
  smallest: (baseline) => positive(Math.abs(baseline) / 50),
  of: ({ 0: n = 0, 1: sum = 0, 2: sum2 = 0 }) => ({ n, sum, sum2 }),
};

/** The same of a loss of probabilities. Of scores its last element counts those that are none; of classes there are the moments alone. */
const FROM_PROBABILITIES: OfQuality = {
  ...FROM_MOMENTS,
  of: (sums) =>
    sums.length > MOMENTS && sums[sums.length - 1]! > 0 ? { n: 0, sum: 0, sum2: 0 } : FROM_MOMENTS.of(sums),
};

/** What answers are worth, by how many there are of each sort. */
function worth(impact: Impact): OfQuality {
  const { tp, fp, fn, tn } = valuesOf(impact);
  const values = [tp, fp, fn, tn];
  const sum = (counts: ArrayLike<number>, of: (value: number) => number) =>
    values.reduce((all, value, i) => all + (counts[i] ?? 0) * of(value), 0);
  return {
    ...{ one: 0, smallest: FROM_MOMENTS.smallest },
    of: (counts) => ({
      n: sum(counts, () => 1),
      sum: sum(counts, (value) => value),
      sum2: sum(counts, (value) => value * value),
    }),
  };
}

/** Of each list a number from 0 to 1: a point matters. */
const OF_LISTS: OfQuality = { ...FROM_MOMENTS, one: 1, smallest: () => 0.01 };

/** Shares of right answers: a point matters. Errors of numbers: a fiftieth of what there is, of squares as much of their root. */
const OF_QUALITY: Readonly<Record<string, OfQuality>> = {
  accuracy: {
    one: 1,
    smallest: () => 0.01,
    of: ({ 0: right = 0, 1: wrong = 0 }) => ({ n: right + wrong, sum: right, sum2: right }),
  },
  mae: FROM_MOMENTS,
  rmse: {
    ...FROM_MOMENTS,
    smallest: (baseline) => positive(baseline / 25),
    meaning: { id: 'mse', title: 'mean squared error' },
  },
  mape: FROM_MOMENTS,
  log_loss: FROM_PROBABILITIES,
  brier: FROM_PROBABILITIES,
  ...{ ndcg: OF_LISTS, map: OF_LISTS, mrr: OF_LISTS, hit_rate: OF_LISTS },
};

/** Those metrics of quality that are means, of answers what they are worth too once people said so. Pure. */
export function qualityMeans(metrics: readonly QualityMetric[], impact: Impact | null): MeanMeasure[] {
  return metrics.flatMap(({ meta: { id, title, unit, worse }, recipe }) => {
    const mean = id === 'impact' && impact !== null ? worth(impact) : OF_QUALITY[id];
    if (mean === undefined) return [];
    const sums = (profiles: Profiles) => {
      const into = new Float64Array(recipe.width);
      recipe.add(profiles, into);
      return mean.of(into);
    };
    const { one, smallest, meaning } = mean;
    return [{ ...{ id, title, unit, worse, one, smallest }, ...meaning, columns: recipe.columns, sums }];
  });
}

/** What must not suffer: half a point more errors matters, and a tenth more time. */
export const GUARDRAILS: readonly MeanMeasure[] = [
  {
    ...{ id: 'error_share', title: 'share of answers with an error', unit: 'share', worse: 'higher', one: 1 },
    columns: ['_error'],
    sums(profiles) {
      const errors = profiles.get('_error');
      if (errors === undefined) return { n: 0, sum: 0, sum2: 0 };
      const n = present(errors);
      const failed = n - (errors.counts.get('') ?? 0);
      return { n, sum: failed, sum2: failed };
    },
    smallest: () => 0.005,
  },
  {
    ...{ id: 'latency_mean', title: 'mean answer time', unit: 'ms', worse: 'higher', one: 0 },
    columns: ['_latency_ms'],
    sums(profiles) {
      const times = profiles.get('_latency_ms');
      if (times === undefined) return { n: 0, sum: 0, sum2: 0 };
      return { n: present(times), sum: times.sum, sum2: times.sum2 };
    },
    smallest: (baseline) => positive(baseline / 10),
  },
];
