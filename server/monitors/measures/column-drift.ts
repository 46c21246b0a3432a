import { JS_DISTANCE_BASE2, type JsDistance, jsDistance } from '../../../stats/distances/js-distance.ts';
import { Z_ONE_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { fairBins } from '../../../stats/drift-score.ts';
import { sharedBound } from '../../../stats/multiple-testing.ts';
import type { Outcome } from '../../../stats/outcome.ts';
import type { Measurement } from '../../signals/measurement.ts';
import { type MetricMeta, reasonOf, type Settings, unjudged } from '../kind.ts';
import type { ColumnSubject } from '../subject.ts';
import { type Window, widen } from '../track.ts';
import { newStretch } from './new-stretch.ts';

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

/** What a stretch shorter than the window is held to: many are looked at, as of shares. */
const Z_STRETCH = 3.3;

/**
 * Debiased Jensen–Shannon distance of the trailing window to the reference, on the reference's frozen bins. It breaches
 * when the lower bound passes the threshold, never on the value alone, and is clear when the value is under four fifths
 * of it: a drift that hovers about the threshold stays one drift. It also breaches when the newest part of the window does by itself, unless parts as long were
 * as far off throughout the window before (`newStretch`): a plain change is seen at once, and what comes each night is none.
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
  const looks = settings.looks ?? 1;
  const distance = ({ from, to }: Window, z: number): Outcome<JsDistance> => {
    const pair = fairBins(reference.counts, track.between(from, to), reference.bins);
    return jsDistance(pair.reference, pair.current, sharedBound(z, looks));
  };
  const score = distance(window, Z_ONE_SIDED_95);
  if ('reason' in score) return unjudged('not_enough_data', score.reason, window.n);
  const { threshold } = settings;
  if (score.low > threshold) return shown(score, window, threshold, 'breach');
  const stretch = newStretch(count, index, settings, (part) => distance(part, Z_STRETCH));
  if (stretch !== null) return shown(stretch.score, stretch, threshold, 'breach');
  return shown(score, window, threshold, score.value < threshold * 0.8 ? 'clear' : 'within');
}

function shown(
  { value, low, high }: JsDistance,
  { from, to, n }: Window,
  threshold: number,
  verdict: 'breach' | 'within' | 'clear',
): Measurement {
  return {
    ...{ value, low, high, n, window: to - from },
    ...{ threshold, baseline: 0, status: 'ok', verdict, reason: reasonOf(verdict) },
  };
}
