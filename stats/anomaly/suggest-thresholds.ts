import { type Unavailable, unavailable } from '../outcome.ts';

/** Levels that a calm series stays between. */
export interface Thresholds {
  readonly low: number;
  readonly high: number;
  /** Blocks of time that they are made of. */
  readonly blocks: number;
}

const DAY_MS = 86_400_000;
const MONTH_MS = 30 * DAY_MS;
const LEAST_BLOCKS = 7;
/** Room above what was seen, as a share of the whole range. */
const MARGIN = 0.1;

/**
 * Suggests levels for a series that would have been passed at most so often in its own past: the extremes of whole days, without as many of the furthest as false alarms
 * are allowed for, and a tenth of the range more. A day counts once however long it was outside. `values`: in order of time, NaN where nothing is known.
 * Errors: `not_enough_data` with fewer than seven days of values, `constant` where nothing moved.
 * @example suggestThresholds(Array.from({ length: 240 }, (_, i) => i % 24), 3_600_000) // { low: -2.3, high: 25.3, blocks: 10 }
 */
export function suggestThresholds(
  values: ArrayLike<number>,
  stepMs: number,
  perMonth = 1,
): Thresholds | Unavailable {
  const length = Math.max(1, Math.round(DAY_MS / stepMs));
  const lows: number[] = [];
  const highs: number[] = [];
  for (let from = 0; from < values.length; from += length) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = from; i < Math.min(values.length, from + length); i++) {
      if (!Number.isFinite(values[i])) continue;
      low = Math.min(low, values[i]!);
      high = Math.max(high, values[i]!);
    }
    if (low <= high) {
      lows.push(low);
      highs.push(high);
    }
  }
  const blocks = lows.length;
  if (blocks < LEAST_BLOCKS) return unavailable('not_enough_data');
  // Both sides have a share of the allowance.
  const allowed = Math.floor((perMonth * blocks * length * stepMs) / MONTH_MS / 2);
  const low = lows.sort((a, b) => a - b)[Math.min(allowed, blocks - 1)]!;
  const high = highs.sort((a, b) => b - a)[Math.min(allowed, blocks - 1)]!;
  if (!(high > low)) return unavailable('constant');
  const room = MARGIN * (high - low);
  return { low: low - room, high: high + room, blocks };
}
