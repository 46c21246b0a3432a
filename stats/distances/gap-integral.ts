import type { Outcome } from '../outcome.ts';
import { mergedSamples, type Sample } from '../sample.ts';

/** ∫ |F_c − F_r|^power dx between two samples; an empty side is `not_enough_data`, an overflow `not_finite`. */
export function gapIntegral(reference: Sample, current: Sample, power: 1 | 2): Outcome {
  if (reference.n === 0 || current.n === 0) return { reason: 'not_enough_data' };
  const merged = mergedSamples(reference, current);
  let a = 0;
  let b = 0;
  let value = 0;
  for (let i = 0; i < merged.values.length - 1; i++) {
    a += merged.reference[i]!;
    b += merged.current[i]!;
    const gap = Math.abs(a / reference.n - b / current.n);
    value += (power === 1 ? gap : gap * gap) * (merged.values[i + 1]! - merged.values[i]!);
  }
  return Number.isFinite(value) ? { value } : { reason: 'not_finite' };
}
