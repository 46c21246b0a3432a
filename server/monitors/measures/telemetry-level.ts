import { proportion } from '../../../stats/intervals/proportion.ts';
import type { Measurement } from '../../signals/measurement.ts';
import type { Settings } from '../kind.ts';
import { reasonOf, unjudged } from '../kind.ts';
import type { TelemetrySubject } from '../subject.ts';

/** What is closed again lies so far inside of the threshold. */
const CLOSES = 0.9;

/** A level that telemetry told, against a limit: above it is worse. */
export function level(
  subject: TelemetrySubject,
  index: number,
  { metric, threshold }: Settings,
): Measurement {
  const point = subject.point(metric, index);
  if (point === undefined) return unjudged('no_data', 'no_value');
  return against(point.value, point.n, threshold);
}

/** A share of requests, against a limit that the lower end of its interval must pass. */
export function shareOfRequests(
  subject: TelemetrySubject,
  index: number,
  { metric, threshold, minN }: Settings,
): Measurement {
  const point = subject.point(metric, index);
  if (point === undefined) return unjudged('no_data', 'no_value');
  if (point.n < minN) return unjudged('not_enough_data', 'too_few_requests', point.n);
  const n = Math.round(point.n);
  const found = proportion(Math.round(point.value * n), n);
  const [low, high] = 'reason' in found ? [point.value, point.value] : [found.low, found.high];
  const judged = against(low, point.n, threshold);
  return { ...judged, value: point.value, low, high };
}

/** By how much a count went up since the bucket before; one that is lower began anew. */
export function increase(
  subject: TelemetrySubject,
  index: number,
  { metric, threshold }: Settings,
): Measurement {
  const [now, before] = [subject.point(metric, index), subject.point(metric, index - 1)];
  if (now === undefined) return unjudged('no_data', 'no_value');
  if (before === undefined) return unjudged('not_enough_data', 'not_enough_history', now.n);
  return against(Math.max(0, now.value - before.value), now.n, threshold);
}

/** A share that must not fall below a limit. */
export function atLeast(
  subject: TelemetrySubject,
  index: number,
  { metric, threshold }: Settings,
): Measurement {
  const point = subject.point(metric, index);
  if (point === undefined) return unjudged('no_data', 'no_value');
  const { value, n } = point;
  const verdict = value < threshold ? 'breach' : 'clear';
  return {
    ...{ value, low: value, high: value, n, window: 1, threshold, baseline: null, status: 'ok', verdict },
    reason: verdict === 'breach' ? 'below_threshold' : reasonOf(verdict),
  };
}

function against(value: number, n: number, threshold: number): Measurement {
  const verdict = value > threshold ? 'breach' : value <= CLOSES * threshold ? 'clear' : 'within';
  return {
    ...{ value, low: value, high: value, n, window: 1, threshold, baseline: null },
    ...{ status: 'ok', verdict, reason: reasonOf(verdict) },
  };
}
