import type { MetricMeta, QualityKind } from '../kind.ts';
import { qualityLoss } from '../measures/quality-loss.ts';
import { compared, confirmed, options, share, sliced, windowed } from '../options.ts';
import { qualityRecipe } from '../quality/choose.ts';
import { qualityMetric } from '../quality/index.ts';

const METRIC = 'ece';
const METRICS: readonly MetricMeta[] = [qualityMetric(METRIC)!.meta];

/**
 * Whether probabilities still mean what they meant: the expected calibration error of labelled buckets against that of the
 * reference, or of the first labelled weeks. A model can rank as well as ever while what it calls 80 % happens half as often.
 */
export const calibration_drift: QualityKind = {
  id: 'calibration_drift',
  title: 'Calibration drift',
  layer: 'model',
  role: 'effect',
  harm: 'quality',
  urgency: 2,
  reads: 'quality',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'ticket',
  thresholdMeans: 'rise of the calibration error over the baseline, in points of probability (0.05 is five)',
  defaults: { threshold: 0.05, window: 'model', minN: 500, m: 2, n: 3 },
  options: options(METRICS, share, { ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The expected calibration error of the score over the trailing window, once the labels of a bucket are in: how far, in tenths of the probability, what was predicted lies from what happened. It breaches when the interval of its rise against the reference, or against the first labelled weeks, passes the threshold. Two classes with scores between 0 and 1 alone: of others the state says why there is nothing to judge.',
    behind: [
      'the positive class became rarer or more frequent',
      'the relation between input and answer changed (concept drift)',
      'another version, or scores that are on another scale now',
    ],
    todo: 'Look at the calibration on the page Quality: scores above what happens everywhere mean that the positive class became rarer, and calibrating the scores again on the newest labels may do; a curve of another form means to train again. Estimates without labels stand on the calibration: do not trust them meanwhile.',
  },
  recipe: (model) => qualityRecipe(model, METRIC),
  refuse: ({ id, task }) =>
    task === 'binary' || task === 'unknown'
      ? null
      : `${id} is a ${task} model: calibration is of the probability of one of two classes`,
  compute: (subject, index, settings) => qualityLoss(subject, index, settings, 'points'),
  phrase: ({ value, baseline }) =>
    value === null || baseline === null
      ? 'Scores are further from what happens'
      : `Calibration error rose to ${points(value)} (reference ${points(baseline)})`,
};

const points = (share: number) => `${Number((100 * share).toPrecision(2))} points`;
