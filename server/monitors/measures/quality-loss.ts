import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { sharedBound } from '../../../stats/multiple-testing.ts';
import type { Estimate } from '../../../stats/outcome.ts';
import type { Measurement } from '../../signals/measurement.ts';
import { type MetricMeta, reasonOf, type Settings, unjudged } from '../kind.ts';
import type { Better, QualitySubject } from '../subject.ts';
import { widen } from '../track.ts';

/** One side 1 in 200: quality is judged over long, overlapping windows, twice, and past a practical drop. */
const Z_DECISION = 2.58;

/**
 * How much worse a metric is over the trailing window than at its baseline. It breaches when the interval of the loss
 * passes the threshold, and is clear when the loss is under half of it. `counted`: in points of the metric, or as a share
 * of the baseline.
 */
export function qualityLoss(
  { measure, reason, labelled, matureTo, traffic }: QualitySubject,
  index: number,
  settings: Settings,
  counted: NonNullable<MetricMeta['loss']>,
): Measurement {
  if (measure === null) return unjudged('no_data', reason);
  if (index >= matureTo) return unjudged('late', 'labels_not_mature', labelled.total(index, index + 1));
  if (traffic.total(index, index + 1) === 0) return unjudged('no_data', 'no_predictions');
  if (labelled.total(index, index + 1) === 0) return unjudged('no_data', 'no_labels');
  const count = (from: number, to: number) => labelled.total(from, to);
  const window = widen(count, index, settings.window, settings.minN, settings.maxWindow);
  if (window.n < settings.minN) return unjudged('not_enough_data', 'too_few_labels', window.n);
  const now = measure.over(window.from, window.to);
  if ('reason' in now) return unjudged('not_enough_data', now.reason, now.n);
  const open = unlike(now, measure.awaited(window.from, window.to));
  const shown = {
    value: now.value,
    low: now.value < 0 ? now.low - open : Math.max(Math.min(0, now.low), now.low - open),
    high: counted === 'points' ? Math.min(Math.max(1, now.high), now.high + open) : now.high + open,
    n: now.n,
    window: window.to - window.from,
    status: 'ok',
  };
  const { baseline } = measure;
  if (baseline === null || 'reason' in baseline)
    return {
      ...shown,
      threshold: null,
      baseline: null,
      verdict: 'not_enough_data',
      reason: baseline?.reason ?? 'no_baseline',
    };
  const sign = measure.better === 'higher' ? -1 : 1;
  const allowed =
    settings.threshold * (counted === 'share' ? (measure.scale ?? Math.abs(baseline.value)) : 1);
  const loss = sign * (sizeOf(measure.better, now.value) - sizeOf(measure.better, baseline.value));
  const z = sharedBound(Z_DECISION, settings.looks ?? 1);
  const noise = (z / Z_TWO_SIDED_95) * Math.hypot(reach(now), reach(baseline));
  const seen = verdictOf(loss, noise, allowed);
  // What labels to come may still undo is not said yet: neither that it is worse, nor that it is well again.
  const awaited = seen === 'breach' ? loss - noise - open <= allowed : seen === 'clear' && open > allowed / 2;
  const verdict = awaited ? 'within' : seen;
  return {
    ...shown,
    threshold: thresholdOf(measure.better, now.value, baseline.value, sign * allowed),
    baseline: baseline.value,
    verdict,
    reason: awaited
      ? 'labels_not_mature'
      : verdict === 'breach' && sign < 0
        ? 'below_threshold'
        : reasonOf(verdict),
  };
}

const verdictOf = (loss: number, noise: number, allowed: number) =>
  loss - noise > allowed ? 'breach' : loss < allowed / 2 ? 'clear' : 'within';

/**
 * How far a value may still move when labels are to come that are unlike those that have: their mean is taken to lie within one standard
 * deviation of single rows, `share` of all there will be. `unlike({ value: 0.9, low: 0.88, high: 0.92, n: 864 }, 0.1)` → 0.03
 */
function unlike(now: Estimate & { readonly n: number }, share: number): number {
  return share > 0 ? (share * reach(now) * Math.sqrt(now.n)) / Z_TWO_SIDED_95 : 0;
}

/** What is compared: the value, or how far it is from zero where that is what counts. */
const sizeOf = (better: Better, value: number) => (better === 'zero' ? Math.abs(value) : value);

/** The value at which it breaches; on the side of zero on which it is. */
function thresholdOf(better: Better, now: number, baseline: number, allowed: number): number {
  const size = sizeOf(better, baseline) + allowed;
  return better === 'zero' && now < 0 ? -size : size;
}

/** Half the width of an interval. */
const reach = ({ low, high }: Estimate) => (high - low) / 2;
