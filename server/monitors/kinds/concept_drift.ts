import { z } from 'zod';
import type { MetricMeta, QualityKind } from '../kind.ts';
import { DETECTOR_NAMES } from '../measures/loss-level.ts';
import { lossRise } from '../measures/loss-rise.ts';
import { compared, confirmed, options, ratio, windowed } from '../options.ts';
import { lossRecipe } from '../quality/from-losses.ts';

const METRICS: readonly MetricMeta[] = [
  {
    ...{ id: 'loss_rise', title: 'rise of wrong answers', unit: 'share', definition: 'loss_rise@1' },
    worse: 'higher',
  },
  {
    ...{ id: 'error_rise', title: 'rise of the error', unit: 'share', definition: 'error_rise@1' },
    ...{ worse: 'higher', threshold: 0.1 },
  },
];

/**
 * Whether inputs lead to other outcomes than they did: a detector on the losses of labelled predictions in the order of their own
 * time, whenever their labels come. Wrong answers are watched for each answer apart, since what one means may change alone.
 */
export const concept_drift: QualityKind = {
  id: 'concept_drift',
  title: 'Concept drift',
  layer: 'model',
  role: 'effect',
  harm: 'quality',
  urgency: 2,
  reads: 'quality',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  severity: 'ticket',
  thresholdMeans:
    'rise over all predictions when it is found: points of wrong answers (0.02 is two of a hundred), for numbers a share of the usual error (0.1 is a tenth)',
  defaults: { threshold: 0.02, window: 'model', history: true, minN: 200, m: 1, n: 1 },
  options: options(METRICS, ratio(0), {
    ...compared,
    ...windowed,
    ...confirmed,
    detector: z.enum(DETECTOR_NAMES).describe('how a change is found; `adwin` when absent'),
  }),
  made: [{}],
  about: {
    decides:
      'The losses of labelled predictions, bucket by bucket in the order of the predictions’ own time: wrong answers, for each answer apart, or the absolute error of numbers. ADWIN keeps the longest window whose parts do not differ, and finds that the newer part is worse; it remembers what 28 days to 56 days hold, at most 2,000 buckets. It breaches from the bucket in which a rise of at least `threshold` is found, until losses have come back to a quarter of it. Labels that come late, in whatever order, have the buckets from theirs on looked at again, and what was told is corrected. `detector` chooses another: `page_hinkley`, `ddm`, `hddm` (A-test) or `kswin`, as in their papers; those take losses one by one, so that wrong answers are spread evenly over a bucket, at most 200 of it, and of numbers the mean of a bucket is taken.',
    behind: [
      'the relation between input and outcome changed',
      'other inputs, on which the model was always worse',
      'a new version that is worse, or labels that are made otherwise',
    ],
    todo: 'Look at what the change of quality is made of, on the page Quality: covariate, prior and concept parts. Train again on predictions from the change on; those before it say what was.',
  },
  recipe: (model) => lossRecipe(model),
  refuse: ({ id, task }, { metric }) =>
    metric !== undefined && (metric === 'error_rise') !== (task === 'regression') && task !== 'unknown'
      ? `${id} is a ${task} model: its losses are ${task === 'regression' ? 'errors (error_rise)' : 'wrong answers (loss_rise)'}`
      : null,
  compute: lossRise,
  phrase: ({ metric, value }) => {
    const by =
      value === null ? '' : metric === 'error_rise' ? ` by ${percent(value)}` : ` by ${points(value)}`;
    return metric === 'error_rise'
      ? `Concept drift: errors rose${by}`
      : `Concept drift: wrong answers rose${by}`;
  },
};

const points = (share: number) => `${Number((100 * share).toPrecision(2))} points`;
const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;
