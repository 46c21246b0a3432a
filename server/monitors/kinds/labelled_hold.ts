import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import type { HoldRunRow } from '../../store/ledger/schema.ts';
import { type KindOf, type MetricMeta, reasonOf, unjudged } from '../kind.ts';
import { options, ratio } from '../options.ts';
import type { HoldSubject } from '../subject.ts';

/** One side 1 in 200, as of quality. */
const Z_DECISION = 2.58;

const METRICS: readonly MetricMeta[] = [
  {
    ...{ id: 'hold_accuracy', title: 'accuracy on the hold', unit: 'share', definition: 'hold_accuracy@1' },
    ...{ worse: 'lower', loss: 'points' },
  },
  {
    ...{ id: 'hold_mae', title: 'mean absolute error on the hold', unit: '', definition: 'hold_mae@1' },
    ...{ worse: 'higher', loss: 'share', threshold: 0.2 },
  },
];

/**
 * How good the endpoint of the model is on its labelled set, by the newest run at the end of each bucket, beside the first run over the same rows. Only for
 * a model whose event time follows the wall clock, by which the set is run.
 */
export const labelled_hold: KindOf<HoldSubject> = {
  id: 'labelled_hold',
  title: 'Labelled hold',
  layer: 'model',
  role: 'effect',
  harm: 'quality',
  urgency: 2,
  reads: 'holds',
  again: 'never',
  perColumn: false,
  metrics: METRICS,
  severity: 'page',
  thresholdMeans:
    'loss against the first run: points of accuracy (0.05 is five), of numbers a share of the mean absolute error (0.2 is a fifth)',
  defaults: { threshold: 0.05, window: 'bucket', minN: 1, m: 1, n: 1 },
  options: options(METRICS, ratio(0), {}),
  // It comes with the set itself.
  made: [],
  about: {
    decides:
      'The [labelled set](../holds.md) of the model, by its newest run at the end of the bucket: accuracy of classes, mean absolute error of numbers. The same rows are asked each time, so it is compared row by row with the first run: it breaches when the lower bound of what was lost (one side, 1 in 200) passes the threshold, and a model that answers as before loses nothing for certain. It breaches, too, when two runs one after the other tell nothing since fewer than nine of ten rows had an answer, with the reason: `timeout`, `unreachable`, `private_address`, `http_error`, `not_json`, `no_answer`, `too_large`, `interrupted`. A set that was not run for twice its time is told as `hold_not_run`. Only for models whose event time follows the wall clock. It is added when a labelled set is given, and goes with it.',
    behind: [
      'another model was deployed, or the same with other settings or packages',
      'a feature is computed otherwise before the model',
      'the endpoint hangs, was moved, or answers in another form',
    ],
    todo: 'Compare what was deployed since the first run. Give the set anew when the change is meant: its next run is then what later ones are compared with.',
  },
  compute({ start, bucketMs, live, history: { everyMs, runs } }, index, { metric, threshold }) {
    if (!live) return unjudged('no_data', 'replayed_history');
    const end = start + (index + 1) * bucketMs;
    const at = runs.findLastIndex((run) => run.at <= end);
    const run = runs[at];
    if (run === undefined || run.at <= end - 2 * everyMs - bucketMs)
      return unjudged('no_data', 'hold_not_run');
    if (run.failed !== null) return failing(run, runs[at - 1]);
    if (run.value === null) return unjudged('not_enough_data', 'not_enough_data', run.answered);
    const shown = {
      ...{ value: run.value, low: run.low, high: run.high, n: run.answered, window: 1, status: 'ok' },
    };
    if (run.lost === null || run.lost_low === null || run.baseline === null)
      return { ...shown, threshold: null, baseline: null, verdict: 'clear', reason: 'first_run' };
    const points = metric === METRICS[0]!.id;
    const allowed = threshold * (points ? 1 : run.baseline);
    const certain = run.lost - (Z_DECISION / Z_TWO_SIDED_95) * (run.lost - run.lost_low);
    const verdict = certain > allowed ? 'breach' : run.lost < allowed / 2 ? 'clear' : 'within';
    return {
      ...shown,
      threshold: run.baseline + (points ? -allowed : allowed),
      baseline: run.baseline,
      verdict,
      reason: verdict === 'breach' && points ? 'below_threshold' : reasonOf(verdict),
    };
  },
  phrase({ metric, value, baseline }) {
    if (value === null || baseline === null) return 'The labelled hold gets no answers';
    const title = metric === METRICS[0]!.id ? 'Accuracy' : 'Mean absolute error';
    return `${title} on the hold ${value < baseline ? 'fell' : 'rose'} to ${short(value)} (${short(baseline)} at first)`;
  },
};

/** Once may be a deploy; twice, ten minutes apart at least, is none. */
function failing(run: HoldRunRow, before: HoldRunRow | undefined) {
  const reason = run.failed!;
  if (before === undefined || before.failed === null) return unjudged('no_data', reason, run.answered);
  return { ...unjudged('no_data', reason, run.answered), verdict: 'breach' as const };
}

const short = (value: number) => String(Number(value.toPrecision(3)));
