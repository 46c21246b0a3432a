const ZERO = 48;
const NINE = 57;
/** A point, less the zero that is taken off what is looked at. */
const POINT = 46 - ZERO;
/** Powers of ten that doubles hold exactly. */
const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** Digits of one small whole number, of both together, and of what a double always holds. */
const HALF = 9;
const BOTH = 18;
const SAFE = 15;
/** Cuts a double in two halves of 26 bits (Veltkamp). */
const SPLIT = 134217729;

/**
 * Reads a number as programs write it (rules/numbers.ts) from bytes, without making a text of it. What it found stands in
 * its fields until the next reading.
 */
export class NumberScanner {
  value = 0;
  /** A whole number that a double holds exactly, as `WHOLE` has it. */
  whole = false;
  /** Digits that begin with a zero, as `LEADING_ZERO` has it. */
  zeroFirst = false;
  /** Digits behind the point. */
  decimals = 0;
  /** Written without plus, exponent, zeros in front or a point behind. */
  plain = false;
  /** The last digit behind the point is a zero. */
  padded = false;

  /**
   * The place behind the number that begins at `from`; −1 when none does, or it is too large to hold.
   * @param bytes end with a byte that is no part of a number.
   */
  read(bytes: Buffer, from: number): number {
    let at = from;
    const sign = bytes[at]!;
    if (sign === 45 || sign === 43) at++;
    const first = at;
    let high = 0;
    let low = 0;
    let digits = 0;
    let digit = bytes[at]! - ZERO;
    while (digit === 0) digit = bytes[++at]! - ZERO;
    for (; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) {
      if (digits < HALF) high = (10 * high + digit) | 0;
      else if (digits < BOTH) low = (10 * low + digit) | 0;
      digits++;
    }
    const whole = at - first;
    let fraction = 0;
    let zeros = true;
    if (digit === POINT) {
      const point = at;
      digit = bytes[++at]! - ZERO;
      while (digit === 0) {
        if (digits > 0) {
          if (digits < HALF) high = (10 * high) | 0;
          else if (digits < BOTH) low = (10 * low) | 0;
          digits++;
        }
        digit = bytes[++at]! - ZERO;
      }
      // Most digits of most numbers are read here: a loop for each half, and one for what no double holds.
      zeros = !(digit > 0 && digit <= 9);
      for (; digits < HALF && digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO, digits++)
        high = (10 * high + digit) | 0;
      for (; digits < BOTH && digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO, digits++)
        low = (10 * low + digit) | 0;
      for (; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) digits++;
      fraction = at - point - 1;
    }
    let byte = digit + ZERO;
    if (whole + fraction === 0) return -1;
    let power = 0;
    const exponent = byte === 101 || byte === 69;
    if (exponent) {
      const minus = bytes[++at] === 45;
      if (minus || bytes[at] === 43) at++;
      const begin = at;
      for (byte = bytes[at]!; byte >= ZERO && byte <= NINE; byte = bytes[++at]!)
        power = Math.min(9999, 10 * power + (byte - ZERO));
      if (at === begin) return -1;
      if (minus) power = -power;
    }
    const simple = bytes[first + (whole === 0 ? 0 : whole)] !== 46 && !exponent;
    this.whole = whole > 0 && whole <= SAFE && zeros && !exponent;
    this.zeroFirst = simple && first === from && whole > 1 && bytes[first] === ZERO;
    this.decimals = fraction;
    this.plain = sign !== 43 && !exponent && whole > 0 && (whole === 1 || bytes[first] !== ZERO) && !(fraction === 0 && !simple); // biome-ignore format: one line
    this.padded = fraction > 0 && bytes[at - 1] === ZERO;
    const scale = power - fraction;
    let value =
      digits <= HALF
        ? scaled(high, scale)
        : digits <= SAFE
          ? scaled(high * POWERS[digits - HALF]! + low, scale)
          : longScaled(high, low, digits, scale);
    if (Number.isNaN(value)) {
      value = Math.abs(Number(bytes.toString('latin1', from, at)));
      if (value === Number.POSITIVE_INFINITY) return -1;
    }
    this.value = sign === 45 ? -value : value;
    return at;
  }
}

/** m × 10^scale, correctly rounded; NaN where one operation does not do that. */
function scaled(m: number, scale: number): number {
  if (scale === 0) return m;
  if (scale < 0) return scale >= -22 ? m / POWERS[-scale]! : m === 0 ? 0 : Number.NaN;
  return scale <= 22 ? m * POWERS[scale]! : m === 0 ? 0 : Number.NaN;
}

/** The same for more digits than a double holds, with a second double for the rest; NaN where the rounding is not certain. */
function longScaled(high: number, low: number, digits: number, scale: number): number {
  if (digits > BOTH || scale > 0 || scale < -22) return Number.NaN;
  const factor = POWERS[digits - HALF]!;
  const product = high * factor;
  const more = productError(high, factor, product) + low;
  const sum = product + more;
  const rest = product - sum + more;
  if (scale === 0) return sum;
  const divisor = POWERS[-scale]!;
  const quotient = sum / divisor;
  const back = quotient * divisor;
  const left = sum - back - productError(quotient, divisor, back) + rest;
  const correction = left / divisor;
  const doubt = Math.abs(correction) * 1e-15 + quotient * 1e-31;
  const value = quotient + (correction - doubt);
  return value === quotient + (correction + doubt) ? value : Number.NaN;
}

/** What rounding took from a × b (Dekker). */
function productError(a: number, b: number, product: number): number {
  const ca = SPLIT * a;
  const ah = ca - (ca - a);
  const al = a - ah;
  const cb = SPLIT * b;
  const bh = cb - (cb - b);
  const bl = b - bh;
  return ah * bh - product + ah * bl + al * bh + al * bl;
}
