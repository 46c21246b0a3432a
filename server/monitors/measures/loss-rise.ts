import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import type { Measurement } from '../../signals/measurement.ts';
import { reasonOf, type Settings, unjudged } from '../kind.ts';
import { PLACES } from '../quality/from-losses.ts';
import type { QualityMeasure, QualitySubject } from '../subject.ts';
import {
  DETECTOR_NAMES,
  DETECTORS,
  type DetectorName,
  type Level,
  levelAfter,
  NO_LEVEL,
} from './loss-level.ts';

/** Errors so many times the usual one are as large as a loss gets, for bounds that want a largest. */
const LARGEST = 4;

/**
 * By how much labelled losses have risen since the last change that a detector found, in order of the time of the predictions:
 * points of wrong answers, or a share of the usual error. It breaches while a rise lasts that was at least `threshold` over all
 * predictions when it was found.
 */
export function lossRise(subject: QualitySubject, index: number, settings: Settings): Measurement {
  const { measure, reason, labelled, matureTo, traffic } = subject;
  if (measure === null) return unjudged('no_data', reason);
  if (index >= matureTo) return unjudged('late', 'labels_not_mature', labelled.total(index, index + 1));
  if (traffic.total(index, index + 1) === 0) return unjudged('no_data', 'no_predictions');
  if (labelled.total(index, index + 1) === 0) return unjudged('no_data', 'no_labels');
  const usual = usualLoss(measure);
  if (usual === null) return unjudged('not_enough_data', 'no_baseline');
  const levels = levelsAt(subject, measure, index, settings, usual);
  const seen = labelled.total(Math.max(0, index + 1 - settings.steadyWindow), index + 1);
  if (seen < settings.minN) return unjudged('not_enough_data', 'too_few_labels', seen);
  const recent = measure.sums(Math.max(0, index + 1 - settings.window), index + 1).slice(0, PLACES);
  const n = recent.reduce((sum, count) => sum + count, 0);
  const rises = levels.map((level, place) => riseOf(level, recent[place]! / n, usual));
  const worst = rises.reduce((a, b) => (b.value > a.value ? b : a));
  const breach = rises.some(({ found }) => found >= settings.threshold);
  const verdict = breach ? 'breach' : worst.value < settings.threshold / 2 ? 'clear' : 'within';
  return {
    value: worst.value,
    low: worst.low,
    high: worst.high,
    n,
    // what came before decides too: a bucket that was rewritten has all after it looked at again
    window: Math.min(settings.steadyWindow, index + 1),
    threshold: settings.threshold,
    baseline: 0,
    status: 'ok',
    verdict,
    reason: reasonOf(verdict),
  };
}

/** What a loss of 1 is in the unit of the value: a point for answers, the usual error for numbers; null while that is not known. */
function usualLoss({ metric, baseline }: QualityMeasure): { scale: number; unit: number } | null {
  if (metric !== 'error_rise') return { scale: 1, unit: 1 };
  if (baseline === null || 'reason' in baseline || !(baseline.value > 0)) return null;
  return { scale: LARGEST * baseline.value, unit: LARGEST };
}

/** A rise of the losses of one place over all predictions, with its 95 % interval; `found`: what it was when it was found. */
function riseOf({ window, rose }: Level, share: number, { unit }: { readonly unit: number }) {
  if (rose === null) return { value: 0, low: 0, high: 0, found: 0 };
  const part = share * unit;
  const value = Math.max(0, window.sum / window.n - rose.before) * part;
  const reach = Z_TWO_SIDED_95 * (Math.sqrt(window.scatter) / window.n) * part;
  return { value, low: Math.max(0, value - reach), high: value + reach, found: rose.by * part };
}

/** Levels of every place after each bucket of a run, as far as it was asked. */
interface Run {
  readonly detectors: ReturnType<(typeof DETECTORS)['adwin']>[];
  readonly levels: Level[][];
}
const runs = new WeakMap<QualityMeasure, Map<string, Run>>();

/**
 * The levels at a bucket. A run begins at a place in event time that does not depend on what is judged together, one to two reaches before
 * the bucket, so that the same labels give the same levels in whatever order they came.
 */
function levelsAt(
  { start, bucketMs }: QualitySubject,
  measure: QualityMeasure,
  index: number,
  { steadyWindow, detector }: Settings,
  { scale }: { readonly scale: number },
): readonly Level[] {
  const reach = Math.max(1, Math.floor(steadyWindow / 2));
  const first = Math.floor(start / bucketMs);
  const anchor = Math.max(0, (Math.floor((first + index) / reach) - 1) * reach - first);
  const name = DETECTOR_NAMES.find((one) => one === detector) ?? DETECTOR_NAMES[0]!;
  const own = runs.get(measure) ?? new Map<string, Run>();
  runs.set(measure, own);
  const key = `${name} ${anchor} ${reach}`;
  const run = own.get(key) ?? begin(name, measure);
  own.set(key, run);
  for (let bucket = anchor + run.levels.length; bucket <= index; bucket++) {
    const sums = measure.sums(bucket, bucket + 1);
    const before = run.levels.at(-1);
    run.levels.push(
      run.detectors.map((detect, place) => {
        const level = before?.[place] ?? NO_LEVEL;
        const [n, sum, sum2] = [0, 1, 2].map((k) => sums[k * PLACES + place]!) as [number, number, number];
        if (n === 0) return level;
        const scatter = Math.max(0, sum2 - (sum * sum) / n) / (scale * scale);
        return levelAfter(level, detect({ n, sum: sum / scale, scatter }));
      }),
    );
  }
  return run.levels[index - anchor]!;
}

function begin(name: DetectorName, { metric }: QualityMeasure): Run {
  // Two answers, or one sort of error, are told apart in the first two places.
  const places = metric === 'error_rise' ? 1 : PLACES;
  return { detectors: Array.from({ length: places }, () => DETECTORS[name](2)), levels: [] };
}
