import { JS_DISTANCE_THRESHOLD } from '../../../stats/distances/js-distance.ts';
import { type Moments, rankingDrift } from '../../../stats/explanation/ranking-drift.ts';
import { sharedBound } from '../../../stats/multiple-testing.ts';
import type { Measurement } from '../../signals/measurement.ts';
import { type KindOf, type MetricMeta, reasonOf, type Settings, unjudged } from '../kind.ts';
import { columnDrift, DRIFT_METRICS } from '../measures/column-drift.ts';
import { compared, confirmed, options, share, sliced, windowed } from '../options.ts';
import type { AttributionSubject } from '../subject.ts';
import { widen } from '../track.ts';

/** One side 1 in 200, as of quality. */
const Z_DECISION = 2.58;

const METRICS: readonly MetricMeta[] = [
  {
    ...{
      id: 'ndcg',
      title: 'agreement of the ranking of features',
      unit: '',
      definition: 'attribution_ndcg@1',
    },
    worse: 'lower',
  },
  ...DRIFT_METRICS.map((metric) => ({ ...metric, threshold: JS_DISTANCE_THRESHOLD })),
];

/** What attributions that come with predictions say: whether the model still goes by the same features. */
export const attribution_drift: KindOf<AttributionSubject> = {
  id: 'attribution_drift',
  title: 'Attribution drift',
  layer: 'model',
  role: 'shift',
  harm: 'drift',
  urgency: 3,
  reads: 'attributions',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'ticket',
  thresholdMeans:
    'the lowest nDCG that is still the same ranking (1 the same, 0.9 as usual), or for js_distance_base2 the distance of one attribution to its reference',
  defaults: { threshold: 0.9, window: 'model', newest: true, minN: 200, m: 2, n: 3 },
  options: options(METRICS, share, { ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [],
  about: {
    decides:
      'Of models that send `attributions` with their predictions (SHAP, LIME, Captum). `ndcg`, the default: the order of features by the mean size of their attributions over the window, held against that of the reference, with the sizes of then as gains; it breaches when the upper end of the interval lies below the threshold. `js_distance_base2`: a series for each attribution, whose distribution is compared as in input drift. The reference is the one of the monitor or the model where that holds attributions, else the first window with any, a day at least. The fifty attributions that weighed most when they first came are counted; in segments those of the five most important features. A model that sends none has no series.',
    behind: [
      'a new version that goes by other features',
      'a feature that is broken or constant, so that it moves nothing any more',
      'inputs of another kind, of which the model makes something else',
    ],
    todo: 'Open the page Explain: which features weigh more or less than before, since when, and in which version. Look then at the columns of these features.',
  },
  compute(subject, index, settings) {
    return subject.feature
      ? columnDrift(subject.feature, index, settings)
      : ranking(subject, index, settings);
  },
  phrase: ({ metric, columns }) =>
    metric === 'ndcg'
      ? 'The model goes by other features than before'
      : `Drift of what ${columns === '' ? 'features' : columns} contribute`,
};

function ranking({ traffic, ranking }: AttributionSubject, index: number, settings: Settings): Measurement {
  if (traffic.total(index, index + 1) === 0) return unjudged('no_data', 'no_predictions');
  if (ranking === null || ranking.reference === null) return unjudged('not_enough_data', 'no_reference');
  const count = (from: number, to: number) => rowsOf(momentsOf(ranking.track.between(from, to)));
  const window = widen(count, index, settings.window, settings.minN, settings.maxWindow);
  const reference = momentsOf(ranking.reference);
  if (rowsOf(reference) < settings.minN) return unjudged('not_enough_data', 'too_small_reference', window.n);
  if (window.n < settings.minN) return unjudged('not_enough_data', 'too_few_predictions', window.n);
  const found = rankingDrift(
    reference,
    momentsOf(ranking.track.between(window.from, window.to)),
    sharedBound(Z_DECISION, settings.looks ?? 1),
  );
  if ('reason' in found) return unjudged('not_enough_data', found.reason, window.n);
  const { value, low, high } = found;
  const { threshold } = settings;
  // Clear when at least a fifth of what is allowed is left.
  const verdict =
    high < threshold ? 'breach' : value > 1 - 0.8 * (1 - threshold) ? 'clear' : ('within' as const);
  return {
    ...{ value, low, high, n: window.n, window: window.to - window.from, threshold },
    ...{ baseline: 1, status: 'ok', verdict },
    reason: verdict === 'breach' ? 'below_threshold' : reasonOf(verdict),
  };
}

const rowsOf = (moments: readonly Moments[]) => Math.max(0, ...moments.map(({ n }) => n));

function momentsOf(sums: readonly number[]): Moments[] {
  return Array.from({ length: sums.length / 3 }, (_, i) => ({
    ...{ n: sums[3 * i]!, size: sums[3 * i + 1]!, squares: sums[3 * i + 2]! },
  }));
}
