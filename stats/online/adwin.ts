/** How an ADWIN detector decides; the defaults are river's. */
export interface AdwinOptions {
  /** Confidence of a cut: bound of the chance of a false alarm at one look. Default 0.002. */
  readonly delta?: number;
  /** Looks for a change after each so many values. Default 32. */
  readonly clock?: number;
  /** Buckets of one size before the oldest two are merged. Default 5. */
  readonly buckets?: number;
  /** Values on either side of a cut, at least. Default 5. */
  readonly side?: number;
  /** Values before the first look. Default 10. */
  readonly least?: number;
}

/** Neighbouring values taken together: their sum, and the sum of their squared distances from their mean. */
export interface AdwinBucket {
  readonly sum: number;
  readonly scatter: number;
}

/** What the detector remembers, some hundred numbers for any length of stream; plain JSON. */
export interface Adwin extends AdwinBucket {
  readonly seen: number;
  /** Values in the window, which grows while the mean stays and, at an alarm, is cut to what follows the change. */
  readonly width: number;
  /** Row i holds buckets of 2^i values, oldest first; the window's oldest bucket is the first of the last row. */
  readonly rows: readonly (readonly AdwinBucket[])[];
  /** Whether the last value raised the alarm; the next one starts anew. */
  readonly drift: boolean;
}

/** A detector that has seen nothing. */
export const ADWIN_START: Adwin = { seen: 0, width: 0, sum: 0, scatter: 0, rows: [[]], drift: false };

/**
 * ADWIN after one more value: keeps the longest window whose older and newer parts do not differ in mean, and raises the alarm
 * when they do, by Bernstein's bound with the window's variance. Needs no threshold in the values' unit. NaN and ±∞ change
 * nothing but end a standing alarm. Looks at each cut between buckets.
 * Source: Bifet and Gavaldà 2007, Learning from time-changing data with adaptive windowing; river `ADWIN`.
 * @example values.reduce((state, x) => adwin(state, x), ADWIN_START).drift
 */
export function adwin(
  before: Adwin,
  x: number,
  { delta = 0.002, clock = 32, buckets = 5, side = 5, least = 10 }: AdwinOptions = {},
): Adwin {
  const last = before.drift ? ADWIN_START : before;
  if (!Number.isFinite(x)) return last;
  const one = { sum: x, scatter: 0 };
  const window: Adwin = {
    ...joined(last, last.width, one, 1),
    seen: last.seen + 1,
    width: last.width + 1,
    rows: merged([[...last.rows[0]!, one], ...last.rows.slice(1)], buckets),
    drift: false,
  };
  if (window.seen % clock !== 0 || window.width <= least) return window;
  let state = window;
  while (isCut(state, delta, side)) state = { ...withoutOldest(state), drift: true };
  return state;
}

/** Two runs of values as one: sums add, and so does the scatter, plus that between their means. */
export function joined(a: AdwinBucket, m: number, b: AdwinBucket, n: number): AdwinBucket {
  if (m === 0) return { sum: b.sum, scatter: b.scatter };
  const gap = a.sum / m - b.sum / n;
  return { sum: a.sum + b.sum, scatter: a.scatter + b.scatter + ((m * n) / (m + n)) * gap * gap };
}

function merged(
  rows: readonly (readonly AdwinBucket[])[],
  most: number,
): readonly (readonly AdwinBucket[])[] {
  const next = [...rows];
  for (let i = 0; next[i] && next[i]!.length > most; i++) {
    const [first, second, ...rest] = next[i]!;
    next[i] = rest;
    next[i + 1] = [...(next[i + 1] ?? []), joined(first!, 2 ** i, second!, 2 ** i)];
  }
  return next;
}

/** Whether some cut between two buckets parts values of different means. */
function isCut({ rows, width, sum, scatter }: Adwin, delta: number, side: number): boolean {
  const confidence = Math.log((2 * Math.log(width)) / delta);
  const variance = scatter / width;
  let older = 0;
  let olderSum = 0;
  for (let i = rows.length - 1; i >= 0; i--) {
    for (const bucket of rows[i]!) {
      older += 2 ** i;
      olderSum += bucket.sum;
      const newer = width - older;
      if (older < side) continue;
      if (newer < side || newer === 0) return false;
      const bound = gapBound(older, newer, side, variance, confidence);
      if (Math.abs(olderSum / older - (sum - olderSum) / newer) > bound) return true;
    }
  }
  return false;
}

/** How far the means of two parts of a window may differ by chance: Bernstein's bound. `confidence`: ln(2 ln(width) / delta). */
export function gapBound(
  older: number,
  newer: number,
  side: number,
  variance: number,
  confidence: number,
): number {
  const recip = 1 / (older - side + 1) + 1 / (newer - side + 1);
  return Math.sqrt(2 * recip * variance * confidence) + (2 / 3) * confidence * recip;
}

function withoutOldest({ rows, width, sum, scatter, seen, drift }: Adwin): Adwin {
  const size = 2 ** (rows.length - 1);
  const [oldest, ...rest] = rows.at(-1)!;
  const left = width - size;
  const leftSum = sum - oldest!.sum;
  const gap = oldest!.sum / size - leftSum / left;
  return {
    rows: rest.length > 0 || rows.length === 1 ? [...rows.slice(0, -1), rest] : rows.slice(0, -1),
    width: left,
    sum: leftSum,
    // Rounding must not leave a negative spread.
    scatter: Math.max(0, scatter - oldest!.scatter - ((size * left) / (size + left)) * gap * gap),
    seen,
    drift,
  };
}
