import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import { sharedBound } from '../../../stats/multiple-testing.ts';
import type { Estimate } from '../../../stats/outcome.ts';
import { present } from '../../profiles/profile.ts';
import type { Measurement } from '../../signals/measurement.ts';
import { type MetricMeta, type QualityKind, reasonOf, unjudged } from '../kind.ts';
import { newStretch } from '../measures/new-stretch.ts';
import { compared, confirmed, options, share, sliced, windowed } from '../options.ts';
import { counted } from '../quality/metric.ts';
import type { QualityRecipe } from '../subject.ts';
import { type Window, widen } from '../track.ts';

/** One side 1 in 200, as of quality; and what a stretch shorter than the window is held to. */
const Z_DECISION = 2.58;
const Z_STRETCH = 3.3;

const METRICS: readonly MetricMeta[] = [
  {
    ...{ id: 'labelled_share', title: 'share labelled', unit: 'share' },
    ...{ definition: 'labelled_share@1', worse: 'lower' },
  },
];

const LABELS = '_label';
const PREDICTIONS = '_all';

const RECIPE: QualityRecipe = {
  metric: 'labelled_share',
  of: '',
  better: 'higher',
  columns: [PREDICTIONS, LABELS],
  comesWith: [LABELS],
  labelledIn: [PREDICTIONS],
  width: 2,
  counted: 1,
  add(profiles, into) {
    const labels = profiles.get(LABELS);
    into[0]! += profiles.get(PREDICTIONS)?.n ?? 0;
    into[1]! += labels === undefined ? 0 : present(labels);
  },
  quality: ([predictions = 0, labelled = 0]) =>
    counted(proportion(Math.min(labelled, predictions), predictions), predictions),
};

/**
 * The share of predictions whose label has come, once their labels have had their time, against the reference or the first
 * labelled weeks. It breaches when the interval of the loss passes `threshold` points.
 */
export const label_coverage: QualityKind = {
  id: 'label_coverage',
  title: 'Label coverage',
  layer: 'model',
  role: 'effect',
  harm: 'drift',
  urgency: 3,
  reads: 'quality',
  again: 'rewritten',
  perColumn: false,
  metrics: METRICS,
  cause: 'label_delay',
  severity: 'ticket',
  thresholdMeans: 'loss of the share against the baseline; 0.1 is ten points of a hundred',
  defaults: { threshold: 0.1, window: 'model', newest: true, minN: 200, m: 2, n: 3 },
  options: options(METRICS, share, { ...compared, ...windowed, ...sliced, ...confirmed }),
  made: [{}],
  about: {
    decides:
      'The share of predictions whose label has come, over the trailing window, once the labels of a bucket have had the label delay of the model. It breaches when the interval of the loss, against the reference or against the first labelled weeks, passes the threshold; or when that of its newest part does, down to a bucket, and, where parts of that length were as bad in the window before, by the threshold more than any of them. Labels that come later correct the past.',
    behind: [
      'the job that sends labels stopped, or sends ids that are not there',
      'labels take longer than the label delay says',
      'only some of the predictions get a label now: quality is then told of these alone',
    ],
    todo: 'Look at the page Quality: how long labels take, how complete each part of the range is, and how many labels wait for predictions of their ids.',
  },
  recipe: ({ known, waiting }) =>
    known.has(LABELS) ? RECIPE : { reason: waiting > 0 ? 'labels_match_no_prediction' : 'no_labels' },
  compute({ measure, reason, labelled, matureTo, traffic }, index, settings) {
    if (measure === null) return unjudged('no_data', reason);
    if (index >= matureTo) return unjudged('late', 'labels_not_mature', labelled.total(index, index + 1));
    if (traffic.total(index, index + 1) === 0) return unjudged('no_data', 'no_predictions');
    const count = (from: number, to: number) => labelled.total(from, to);
    const window = widen(count, index, settings.window, settings.minN, settings.maxWindow);
    if (window.n < settings.minN) return unjudged('not_enough_data', 'too_few_predictions', window.n);
    const { baseline } = measure;
    const looks = settings.looks ?? 1;
    const now = measure.over(window.from, window.to);
    if ('reason' in now) return unjudged('not_enough_data', now.reason, now.n);
    if (baseline === null || 'reason' in baseline) {
      const { value, low, high, n } = now;
      return {
        ...{ value, low, high, n, window: window.to - window.from, status: 'ok' },
        ...{ threshold: null, baseline: null, verdict: 'not_enough_data' },
        reason: baseline?.reason ?? 'no_baseline',
      };
    }
    const { threshold } = settings;
    const shown = (part: Window, verdict: 'breach' | 'within' | 'clear'): Measurement => {
      // There are predictions in it, so there is a share.
      const { value, low, high, n } = measure.over(part.from, part.to) as Estimate & { n: number };
      return {
        ...{ value, low, high, n, window: part.to - part.from, status: 'ok', verdict },
        ...{ threshold: Math.max(0, baseline.value - threshold), baseline: baseline.value },
        reason: verdict === 'breach' ? 'below_threshold' : reasonOf(verdict),
      };
    };
    const loss = lossOf(baseline, now, sharedBound(Z_DECISION, looks));
    if (loss.low > threshold) return shown(window, 'breach');
    const stretch = newStretch(count, index, settings, ({ from, to }) => {
      const part = measure.over(from, to);
      return 'reason' in part
        ? { reason: 'not_enough_data' as const }
        : lossOf(baseline, part, sharedBound(Z_STRETCH, looks));
    });
    if (stretch !== null) return shown(stretch, 'breach');
    return shown(window, loss.value < threshold / 2 ? 'clear' : 'within');
  },
  phrase: ({ value, baseline }) =>
    value === null || baseline === null
      ? 'Fewer labels than usual'
      : `Labels of ${percent(value)} of predictions (before ${percent(baseline)})`,
};

/** How much less it is than at the baseline, with bounds of so many standard errors. */
function lossOf(baseline: Estimate, now: Estimate, z: number): Estimate {
  const value = baseline.value - now.value;
  const noise = (z / Z_TWO_SIDED_95) * Math.hypot(reach(now), reach(baseline));
  return { value, low: value - noise, high: value + noise };
}

const reach = ({ low, high }: Estimate) => (high - low) / 2;

const percent = (of: number) => `${Number((100 * of).toPrecision(3))} %`;
