/** How a Page–Hinkley detector decides; the defaults are river's. */
export interface PageHinkleyOptions {
  /** Values before the first alarm. Default 30. */
  readonly least?: number;
  /** Drift per value that is tolerated, in the values' unit. Default 0.005. */
  readonly delta?: number;
  /** How far the sum may leave its extreme, in the values' unit. Default 50. */
  readonly threshold?: number;
  /** Memory of the sums, in (0, 1]. Default 0.9999. */
  readonly memory?: number;
  /** Which way the mean may not go. Default both. */
  readonly direction?: 'up' | 'down' | 'both';
}

/** What the detector remembers; plain JSON. */
export interface PageHinkley {
  readonly n: number;
  readonly mean: number;
  readonly rise: number;
  readonly leastRise: number | null;
  readonly fall: number;
  readonly mostFall: number;
  /** Whether the last value raised the alarm; the next one starts anew. */
  readonly drift: boolean;
}

/** A detector that has seen nothing. */
export const PAGE_HINKLEY_START: PageHinkley = {
  n: 0,
  mean: 0,
  rise: 0,
  leastRise: null,
  fall: 0,
  mostFall: -1,
  drift: false,
};

/**
 * The Page–Hinkley test after one more value: finds a lasting change of the mean of a stream without keeping it. NaN and ±∞ change
 * nothing but end a standing alarm.
 * Source: Page 1954; river `PageHinkley`.
 * @example values.reduce((state, x) => pageHinkley(state, x), PAGE_HINKLEY_START).drift
 */
export function pageHinkley(
  before: PageHinkley,
  x: number,
  { least = 30, delta = 0.005, threshold = 50, memory = 0.9999, direction = 'both' }: PageHinkleyOptions = {},
): PageHinkley {
  const state = before.drift ? PAGE_HINKLEY_START : before;
  if (!Number.isFinite(x)) return state;
  const n = state.n + 1;
  const mean = state.mean + (x - state.mean) / n;
  const rise = memory * state.rise + (x - mean) - delta;
  const fall = memory * state.fall + (x - mean) + delta;
  const leastRise = Math.min(rise, state.leastRise ?? Infinity);
  const mostFall = Math.max(fall, state.mostFall);
  const up = direction !== 'down' && rise - leastRise > threshold;
  const down = direction !== 'up' && mostFall - fall > threshold;
  return { n, mean, rise, leastRise, fall, mostFall, drift: n >= least && (up || down) };
}
