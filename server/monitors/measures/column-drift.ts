import { JS_DISTANCE_BASE2, jsDistance } from '../../../stats/distances/js-distance.ts';
import { Z_ONE_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { fairBins } from '../../../stats/drift-score.ts';
import { sharedBound } from '../../../stats/multiple-testing.ts';
import type { Measurement } from '../../signals/measurement.ts';
import { type MetricMeta, reasonOf, type Settings, unjudged } from '../kind.ts';
import type { ColumnSubject } from '../subject.ts';
import { widen } from '../track.ts';

export const DRIFT_METRICS: readonly MetricMeta[] = [
  {
    id: 'js_distance_base2',
    title: 'JS distance',
    unit: '',
    definition: JS_DISTANCE_BASE2,
    worse: 'higher',
  },
];

/** A reference of fewer rows than this calls its own noise drift. */
const MIN_REFERENCE = 100;

/**
 * Debiased Jensen–Shannon distance of the trailing window to the reference, on the reference's frozen bins. It breaches
 * when the lower bound passes the threshold, never on the value alone, and is clear when the value is under four fifths
 * of it: a drift that hovers about the threshold stays one drift.
 */
export function columnDrift(subject: ColumnSubject, index: number, settings: Settings): Measurement {
  const { reference, track } = subject;
  if (track.total(index, index + 1) === 0) return unjudged('no_data', 'no_predictions');
  if (reference === null) return unjudged('not_enough_data', 'no_reference');
  if (reference.counts.reduce((sum, count) => sum + count, 0) < MIN_REFERENCE)
    return unjudged('not_enough_data', 'too_small_reference');
  const count = (from: number, to: number) => track.total(from, to);
  const window = widen(count, index, settings.window, settings.minN, settings.maxWindow);
  if (window.n < settings.minN) return unjudged('not_enough_data', 'too_few_predictions', window.n);
  const pair = fairBins(reference.counts, track.between(window.from, window.to), reference.bins);
  const score = jsDistance(pair.reference, pair.current, sharedBound(Z_ONE_SIDED_95, settings.looks ?? 1));
  if ('reason' in score) return unjudged('not_enough_data', score.reason, window.n);
  const { threshold } = settings;
  const verdict = score.low > threshold ? 'breach' : score.value < threshold * 0.8 ? 'clear' : 'within';
  return {
    value: score.value,
    low: score.low,
    high: score.high,
    n: window.n,
    window: window.to - window.from,
    threshold,
    baseline: 0,
    status: 'ok',
    verdict,
    reason: reasonOf(verdict),
  };
}
