import { kolmogorovSmirnov } from '../comparisons/ks.ts';
import { type Random, randomInteger } from '../random.ts';
import { sampleOf } from '../sample.ts';

/** How a KSWIN detector decides; the defaults are river's. */
export interface KswinOptions {
  /** Level of each test; it is applied at every value, so keep it small. Default 0.005. */
  readonly alpha?: number;
  /** Values in the window. Default 100. */
  readonly window?: number;
  /** The latest values, and how many of the older ones are drawn to compare them with. At most half the window. Default 30. */
  readonly recent?: number;
}

/** What the detector remembers; plain JSON. */
export interface Kswin {
  readonly values: readonly number[];
  readonly drift: boolean;
  /** p of the last test; null before the window is full. */
  readonly p: number | null;
}

/** A detector that has seen nothing. */
export const KSWIN_START: Kswin = { values: [], drift: false, p: null };

/**
 * KSWIN after one more value: compares the latest values with as many drawn from the older part of a sliding window by the
 * Kolmogorov–Smirnov test, and so sees changes of spread and shape too, not of the mean alone. Alarm when p ≤ alpha and D > 0.1;
 * the next value starts anew. NaN and ±∞ change nothing but end a standing alarm.
 * Source: Raab, Heusinger and Schleif 2020, Reactive soft prototype computing for concept drift streams; river `KSWIN`.
 * @throws RangeError when the older part of the window is smaller than `recent`.
 * @example values.reduce((state, x) => kswin(state, x, next), KSWIN_START).drift
 */
export function kswin(
  before: Kswin,
  x: number,
  random: Random,
  { alpha = 0.005, window = 100, recent = 30 }: KswinOptions = {},
): Kswin {
  if (!(recent >= 1 && 2 * recent <= window)) throw new RangeError('recent must be at most half the window');
  const { values } = before.drift ? KSWIN_START : before;
  if (!Number.isFinite(x)) return { values, drift: false, p: null };
  const held = [...values.slice(Math.max(0, values.length + 1 - window)), x];
  if (held.length < window) return { values: held, drift: false, p: null };
  const older = drawn(held.slice(0, window - recent), recent, random);
  const test = kolmogorovSmirnov(sampleOf(older), sampleOf(held.slice(window - recent)));
  const found = 'value' in test && test.p <= alpha && test.value > 0.1;
  return { values: held, drift: found, p: 'value' in test ? test.p : null };
}

/** `count` of the values, without replacement. */
function drawn(values: number[], count: number, random: Random): number[] {
  for (let i = 0; i < count; i++) {
    const j = i + randomInteger(random, values.length - i);
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
  return values.slice(0, count);
}
