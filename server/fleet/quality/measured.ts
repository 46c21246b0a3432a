import type { ComparedMeasure, DifferenceVerdict, Measured } from '../../../contract/version-comparison.ts';
import { difference } from '../../../stats/intervals/difference.ts';
import type { Estimate } from '../../../stats/outcome.ts';

/** A number with what it is made of, or why there is none. */
export type Counted = (Estimate | { readonly reason: string }) & { readonly n: number };

/** As it is answered: a value, or the reason as its status. */
export const measured = (of: Counted): Measured =>
  'value' in of
    ? { value: of.value, low: of.low, high: of.high, n: of.n, status: 'ok' }
    : { value: null, low: null, high: null, n: of.n, status: of.reason };

export type Sides = Pick<ComparedMeasure, 'version' | 'baseline' | 'difference'>;

/** Both sides and what the version differs by; n of the difference is that of the smaller side. */
export function beside(baseline: Counted, version: Counted): Sides {
  const lacking = [baseline, version].find((side): side is Counted & { reason: string } => 'reason' in side);
  const by = lacking ?? difference(baseline as Estimate, version as Estimate);
  return {
    version: measured(version),
    baseline: measured(baseline),
    difference: measured({ ...by, n: Math.min(baseline.n, version.n) }),
  };
}

/** Whether the version is nearer to zero than the baseline, for certain. */
export function nearer({ baseline, version, difference }: Sides): DifferenceVerdict {
  if (baseline.value === null || version.value === null) return 'unknown';
  const certain = verdictOf(difference, 'higher');
  if (certain === 'unknown' || certain === 'no_difference') return certain;
  // Far on one side before and as far on the other now is neither.
  const moved = Math.abs(version.value) - Math.abs(baseline.value);
  const reach = (difference.high! - difference.low!) / 2;
  return Math.abs(moved) <= reach ? 'no_difference' : moved > 0 ? 'worse' : 'better';
}

/** `verdictOf({ value: 0.1, low: 0.02, high: 0.2, … }, 'lower')` → 'better': it gets worse where it is lower, and it is higher for certain */
export function verdictOf({ low, high }: Measured, worse: ComparedMeasure['worse']): DifferenceVerdict {
  if (low === null || high === null) return 'unknown';
  if (low <= 0 && high >= 0) return 'no_difference';
  return low > 0 === (worse === 'higher') ? 'worse' : 'better';
}
