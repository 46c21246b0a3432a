import type { Outcome } from '../outcome.ts';
import { type MergedSamples, mergedSamples, type Sample } from '../sample.ts';

/** The last integral: a distance is told as it is and in another unit, one after the other. */
let last: { readonly merged: MergedSamples; readonly power: 1 | 2; readonly outcome: Outcome } | null = null;

/** ∫ |F_c − F_r|^power dx between two samples; an empty side is `not_enough_data`, an overflow `not_finite`. */
export function gapIntegral(reference: Sample, current: Sample, power: 1 | 2): Outcome {
  if (reference.n === 0 || current.n === 0) return { reason: 'not_enough_data' };
  const merged = mergedSamples(reference, current);
  if (last?.merged !== merged || last.power !== power)
    last = { merged, power, outcome: integral(merged, reference.n, current.n, power) };
  return last.outcome;
}

function integral(
  { values, reference, current }: MergedSamples,
  m: number,
  n: number,
  power: 1 | 2,
): Outcome {
  let a = 0;
  let b = 0;
  let value = 0;
  for (let i = 0; i < values.length - 1; i++) {
    a += reference[i]!;
    b += current[i]!;
    const gap = Math.abs(a / m - b / n);
    value += (power === 1 ? gap : gap * gap) * (values[i + 1]! - values[i]!);
  }
  return Number.isFinite(value) ? { value } : { reason: 'not_finite' };
}
