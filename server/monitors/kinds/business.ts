import { z } from 'zod';
import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { sharedBound } from '../../../stats/multiple-testing.ts';
import type { Estimate } from '../../../stats/outcome.ts';
import { OUTCOME } from '../../profiles/profile.ts';
import { impactRecipe, type OutcomeStatistic, outcomeRecipe } from '../business/recipes.ts';
import { type MetricMeta, type QualityKind, reasonOf, unjudged } from '../kind.ts';
import { compared, confirmed, options, ratio, sliced, windowed } from '../options.ts';
import { widen } from '../track.ts';

/** One side 1 in 200, as of quality: long windows that overlap, judged twice, past a practical change. */
const Z_DECISION = 2.58;

const metric = (id: string, title: string, unit = ''): MetricMeta => ({
  ...{ id, title, unit },
  ...{ definition: `${id}@1`, worse: 'lower', loss: 'share' },
});

const METRICS: readonly MetricMeta[] = [
  metric('per_prediction', 'sum per prediction'),
  metric('conversion', 'share of predictions with one', 'share'),
  metric('per_outcome', 'mean'),
  metric('impact', 'value per labelled prediction'),
];

const OF_OUTCOMES: readonly string[] = METRICS.map(({ id }) => id).filter((id) => id !== 'impact');

const AIMED = {
  outcomes: z
    .union([z.literal('all'), z.array(z.string().min(1).max(128)).min(1).max(100)])
    .describe('metrics of outcomes that are watched, or `all`'),
  worse: z
    .enum(['lower', 'higher', 'either'])
    .describe(
      'which way it gets worse: `lower` for revenue, `higher` for complaints, `either` (unless said)',
    ),
};

/**
 * What the business sees of a model: each metric of its outcomes by prediction, or what its answers are worth once `impact` says
 * so, over the trailing window, against the reference or the first weeks. It breaches when the interval of the change passes
 * `threshold` of what it was.
 */
export const business: QualityKind = {
  id: 'business',
  title: 'Business',
  layer: 'business',
  role: 'effect',
  harm: 'quality',
  urgency: 2,
  reads: 'quality',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'ticket',
  thresholdMeans: 'change against the baseline as a share of it: 0.2 is a fifth',
  defaults: { threshold: 0.2, window: 'model', minN: 200, m: 2, n: 3 },
  options: options(METRICS, ratio(0), { ...compared, ...AIMED, ...windowed, ...sliced, ...confirmed }),
  made: [{}, { metric: 'impact', worse: 'lower' }],
  about: {
    decides:
      'Outcomes (`POST /api/v1/outcomes`) count in the bucket of the prediction that they name, whenever they come, and in that of their own time where they name none. Each metric of outcomes has a series: its sum per prediction (revenue per prediction), the share of predictions with one that is not 0 (conversion), or its mean. With `impact` set, the metric `impact` is what a labelled prediction was worth, by the value of each right and wrong answer. Outcomes of a bucket are awaited for the label delay of the model; what comes later corrects the past. It breaches when the interval of the change, against the reference or against the first weeks with outcomes, passes the threshold. The first ten metrics of a model have series; those beyond are counted.',
    behind: [
      'the model is wrong more often, or about those who matter more',
      'other requests than before',
      'what follows an answer changed: prices, offers, the process behind it',
      'outcomes are not sent any more',
    ],
    todo: 'Look at the quality and the drift of the same time. If both are as before, look at what happens between the answer and the outcome.',
  },
  columns: ({ known, impact }, { metric: wanted = 'per_prediction', outcomes = 'all' }) =>
    wanted === 'impact'
      ? impact === null
        ? []
        : ['']
      : [...known]
          .filter((name) => name.startsWith(OUTCOME))
          .filter((name) => outcomes === 'all' || outcomes.includes(name.slice(OUTCOME.length)))
          .sort(),
  recipe(model, wanted = 'per_prediction', column = '') {
    if (!OF_OUTCOMES.includes(wanted)) return impactRecipe(model);
    return column === '' ? { reason: 'no_outcomes' } : outcomeRecipe(wanted as OutcomeStatistic, column);
  },
  refuse: ({ id, task }, { metric: wanted }) =>
    wanted === 'impact' && task !== 'binary' && task !== 'unknown'
      ? `${id} is a ${task} model: what its answers are worth is known of two classes alone`
      : null,
  compute({ measure, reason, labelled, matureTo, traffic }, index, settings) {
    if (measure === null) return unjudged('no_data', reason);
    const n = labelled.total(index, index + 1);
    if (index >= matureTo) return unjudged('late', 'labels_not_mature', n);
    if (traffic.total(index, index + 1) === 0) return unjudged('no_data', 'no_predictions');
    const count = (from: number, to: number) => labelled.total(from, to);
    const window = widen(count, index, settings.window, settings.minN, settings.maxWindow);
    if (window.n < settings.minN) return unjudged('not_enough_data', 'too_few_predictions', window.n);
    const now = measure.over(window.from, window.to);
    if ('reason' in now) return unjudged('not_enough_data', now.reason, now.n);
    const { value, low, high } = now;
    const shown = { value, low, high, n: now.n, window: window.to - window.from, status: 'ok' };
    const { baseline } = measure;
    if (baseline === null || 'reason' in baseline)
      return {
        ...shown,
        threshold: null,
        baseline: null,
        verdict: 'not_enough_data',
        reason: baseline?.reason ?? 'no_baseline',
      };
    const allowed = settings.threshold * Math.abs(baseline.value);
    const by = value - baseline.value;
    const { worse = 'either' } = settings;
    const loss = worse === 'either' ? Math.abs(by) : worse === 'lower' ? -by : by;
    const z = sharedBound(Z_DECISION, settings.looks ?? 1);
    const noise = (z / Z_TWO_SIDED_95) * Math.hypot(reach(now), reach(baseline));
    const verdict =
      loss - noise > allowed ? 'breach' : loss < allowed / 2 || loss <= noise ? 'clear' : 'within';
    const below = worse === 'lower' || (worse === 'either' && by < 0);
    return {
      ...shown,
      threshold: baseline.value + (below ? -allowed : allowed),
      baseline: baseline.value,
      verdict,
      reason: verdict === 'breach' && below ? 'below_threshold' : reasonOf(verdict),
    };
  },
  phrase({ metric: id, columns, value, baseline }) {
    const what = id === 'impact' ? 'The value of answers' : columns.replaceAll(OUTCOME, '');
    const how = id === 'per_outcome' ? '' : ' per prediction';
    if (value === null || baseline === null) return `${what}${how} changed`;
    return `${what}${how} ${value < baseline ? 'fell' : 'rose'} to ${short(value)} (before ${short(baseline)})`;
  },
};

const reach = ({ low, high }: Estimate) => (high - low) / 2;

const short = (value: number) => String(Number(value.toPrecision(3)));
