export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const NICE = [1, 2, 2.5, 5, 10];
/** Below it numbers lose their digits, and steps with them. */
const LEAST = 1e-300;

/**
 * A value axis with about `parts` equal parts on round numbers that holds all values. `zero` starts it at zero, as
 * counts, shares and distances do. `niceScale([3, 97], 2, true)` → `{ min: 0, max: 100, step: 50 }`
 */
export function niceScale(values: Iterable<number>, parts: number, zero: boolean): Scale {
  let low = zero ? 0 : Number.POSITIVE_INFINITY;
  let high = zero ? 0 : Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { min: 0, max: 1, step: 1 / parts };
  if (low === high) {
    if (low === 0) return { min: 0, max: 1, step: 1 / parts };
    const margin = Math.abs(low) * 0.1;
    [low, high] = zero ? [Math.min(0, low), Math.max(0, high)] : [low - margin, high + margin];
  }
  if (high - low < LEAST) high = low + LEAST;
  const wanted = (high - low) / parts;
  const power = 10 ** Math.floor(Math.log10(wanted));
  for (const factor of [...NICE, 20]) {
    const step = factor * power;
    const min = Math.floor(low / step + 1e-9) * step;
    if (min + parts * step >= high - step * 1e-9) return { min, max: min + parts * step, step };
  }
  return { min: low, max: high, step: wanted };
}
