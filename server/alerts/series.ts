import type { Measurement } from '../signals/measurement.ts';
import { decide, type Memory, type Rules, type Transition } from './decide.ts';

/** The worst a firing alert was, for titles and causes. */
export interface Peak {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  /** Buckets that were looked at. */
  readonly window: number;
  readonly threshold: number | null;
  readonly baseline: number | null;
  readonly reason: string;
}

/** What is kept of a series between evaluations; plain JSON. `peak` while it is pending or firing. */
export type SeriesMemory = Memory & { readonly peak?: Peak };

export interface Point {
  /** Bucket number. */
  readonly index: number;
  readonly measured: Measurement;
}

/** A stretch in which the alert fired, as far as this evaluation saw it; `from` null: it fired already. */
export interface Episode {
  readonly since: number;
  readonly firedAt: number | null;
  readonly resolvedAt: number | null;
  readonly peak: Peak;
}

export interface Judged {
  readonly points: readonly Point[];
  readonly memory: SeriesMemory;
  readonly transitions: readonly Transition[];
  readonly episodes: readonly Episode[];
  readonly last: Measurement | null;
}

/**
 * Judges the buckets `from` … `to` − 1 of one series in order. Pure: the same buckets give the same result, in one go or
 * in many. `time(index)` is the event time at which a bucket begins.
 */
export function judgeSeries(
  measure: (index: number) => Measurement,
  from: number,
  to: number,
  time: (index: number) => number,
  rules: Rules,
  memory: SeriesMemory | null,
): Judged {
  const points: Point[] = [];
  const transitions: Transition[] = [];
  const episodes: Episode[] = [];
  let current = memory;
  let firedAt: number | null = null;
  let last: Measurement | null = null;
  for (let index = from; index < to; index++) {
    const measured = measure(index);
    points.push({ index, measured });
    last = measured;
    const { next, transition } = decide(current, observed(measured, time(index)), rules);
    if (transition) transitions.push(transition);
    const before: Peak | undefined = current?.peak;
    const troubled = next.state === 'firing' || next.state === 'pending';
    const peak = troubled ? worse(before, measured) : undefined;
    if (transition?.to === 'firing') firedAt = transition.time;
    if (current?.state === 'firing' && next.state !== 'firing') {
      episodes.push({ since: current.since, firedAt, resolvedAt: time(index), peak: before! });
      firedAt = null;
    }
    current = peak ? { ...next, peak } : next;
  }
  if (current?.state === 'firing' && to > from)
    episodes.push({ since: current.since, firedAt, resolvedAt: null, peak: current.peak! });
  return { points, memory: current!, transitions, episodes, last };
}

function observed(measured: Measurement, time: number) {
  const { verdict, reason } = measured;
  if (verdict === 'breach' || verdict === 'within' || verdict === 'clear')
    return {
      time,
      status: 'judged' as const,
      breach: verdict === 'breach',
      clear: verdict === 'clear',
      reason,
    };
  return { time, status: verdict, breach: false, clear: false, reason };
}

function worse(before: Peak | undefined, now: Measurement): Peak {
  const { value, low, high, n, window, threshold, baseline, reason } = now;
  const seen: Peak = { value, low, high, n, window, threshold, baseline, reason };
  if (before === undefined) return seen;
  return distance(seen) > distance(before) && now.verdict === 'breach' ? seen : before;
}

function distance({ value, baseline }: Peak): number {
  return value === null ? -1 : Math.abs(value - (baseline ?? 0));
}
