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

/** What is kept of a series between evaluations; plain JSON. */
export interface SeriesMemory extends Memory {
  /** While it is pending or firing. */
  readonly peak?: Peak;
  /** While it fires: how far from normal it was when that was last told. */
  readonly told?: number;
  /** While it fires: since when it was told to, where that is not `since` any more as values have changed. */
  readonly episode?: number;
  /** While it is pending or firing: what it was compared with when it last was beyond its threshold. */
  readonly against?: string;
}

/** The reason of an end that may show no recovery: since it is compared with something else, nothing was beyond its threshold. */
export const REFERENCE_CHANGED = 'reference_changed';

/**
 * What the decision log is told: a change of state, or, from firing to firing, that it got worse. `since` is when the
 * trouble began, also in the line that ends it.
 */
export interface Told extends Transition {
  readonly since: number;
  /** The worst so far of what fires or fired. */
  readonly peak: Peak | null;
}

export interface Point {
  /** Bucket number. */
  readonly index: number;
  readonly measured: Measurement;
}

export interface Judged {
  readonly points: readonly Point[];
  /** What was remembered before each bucket that begins at a multiple of `everyMs`. */
  readonly checkpoints: readonly { readonly time: number; readonly memory: SeriesMemory | null }[];
  readonly memory: SeriesMemory;
  readonly transitions: readonly Told[];
  readonly last: Measurement | null;
}

/** A firing alert is told again when it is worse than told by this factor, so that a slow rise does not fill the log. */
const WORSE = 1.05;

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
  everyMs = Number.POSITIVE_INFINITY,
): Judged {
  const points: Point[] = [];
  const checkpoints: { time: number; memory: SeriesMemory | null }[] = [];
  const transitions: Told[] = [];
  let current = memory;
  let last: Measurement | null = null;
  for (let index = from; index < to; index++) {
    const measured = measure(index);
    if (time(index) % everyMs === 0) checkpoints.push({ time: time(index), memory: current });
    points.push({ index, measured });
    last = measured;
    const { next, told } = step(current, measured, time(index), rules);
    if (told) transitions.push(told);
    current = next;
  }
  return { points, checkpoints, memory: current!, transitions, last };
}

/** Name of the episode that fires: since when it was told to. */
export function episodeOf({ since, episode = since }: SeriesMemory): number {
  return episode;
}

/** One bucket: what is remembered afterwards, and what is told of it. */
function step(
  memory: SeriesMemory | null,
  measured: Measurement,
  time: number,
  rules: Rules,
): { readonly next: SeriesMemory; readonly told: Told | null } {
  const { next, transition } = decide(memory, observed(measured, time), rules);
  const against =
    measured.verdict === 'breach' ? rules.comparedWith : (memory?.against ?? rules.comparedWith);
  if (memory?.state === 'firing' && next.state !== 'firing') {
    const reason = against === rules.comparedWith ? next.reason : REFERENCE_CHANGED;
    const told = { ...transition!, reason, since: episodeOf(memory), peak: memory.peak ?? null };
    return { next: { ...next, reason }, told };
  }
  if (next.state !== 'firing' && next.state !== 'pending')
    return { next, told: transition && { ...transition, since: next.since, peak: null } };
  const peak = worse(memory?.peak, measured);
  const compared = against ? { against } : {};
  if (next.state === 'pending')
    return {
      next: { ...next, peak, ...compared },
      told: transition && { ...transition, since: next.since, peak: null },
    };
  const far = distance(peak);
  const worsened = { from: 'firing', to: 'firing', reason: next.reason, time } as const;
  const news = transition ?? (far > WORSE * (memory?.told ?? far) ? worsened : null);
  const kept: SeriesMemory = { ...next, peak, ...compared, told: news ? far : (memory?.told ?? far) };
  const firing =
    transition === null && memory?.episode !== undefined ? { ...kept, episode: memory.episode } : kept;
  return { next: firing, told: news && { ...news, since: episodeOf(firing), peak } };
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

/** Whether one is so much worse than the other that it is told. */
export function isWorse(now: Peak | null, told: Peak | null): boolean {
  if (now === null || told === null) return false;
  return distance(now) > WORSE * distance(told);
}

function distance({ value, baseline }: Peak): number {
  return value === null ? -1 : Math.abs(value - (baseline ?? 0));
}
