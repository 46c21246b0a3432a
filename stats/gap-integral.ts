import type { Outcome } from './outcome.ts';
import { mergedSteps, type Sample } from './sample.ts';

/** ∫ |F_c − F_r|^power dx between two samples; an empty side is `not_enough_data`, an overflow `not_finite`. */
export function gapIntegral(reference: Sample, current: Sample, power: 1 | 2): Outcome {
  if (reference.n === 0 || current.n === 0) return { reason: 'not_enough_data' };
  const steps = mergedSteps(reference, current);
  let a = 0;
  let b = 0;
  let value = 0;
  for (let i = 0; i < steps.length - 1; i++) {
    const step = steps[i]!;
    a += step.reference;
    b += step.current;
    const gap = Math.abs(a / reference.n - b / current.n);
    value += (power === 1 ? gap : gap * gap) * (steps[i + 1]!.value - step.value);
  }
  return Number.isFinite(value) ? { value } : { reason: 'not_finite' };
}
