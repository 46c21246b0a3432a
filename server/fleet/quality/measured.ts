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

/** Both sides and what the version differs by; n of the difference is that of the smaller side. */
export function beside(
  baseline: Counted,
  version: Counted,
): Pick<ComparedMeasure, 'version' | 'baseline' | 'difference'> {
  const lacking = [baseline, version].find((side): side is Counted & { reason: string } => 'reason' in side);
  const by = lacking ?? difference(baseline as Estimate, version as Estimate);
  return {
    version: measured(version),
    baseline: measured(baseline),
    difference: measured({ ...by, n: Math.min(baseline.n, version.n) }),
  };
}

/** `verdictOf({ value: 0.1, low: 0.02, high: 0.2, … }, 'lower')` → 'better': it gets worse where it is lower, and it is higher for certain */
export function verdictOf({ low, high }: Measured, worse: ComparedMeasure['worse']): DifferenceVerdict {
  if (low === null || high === null) return 'unknown';
  if (low <= 0 && high >= 0) return 'no_difference';
  return low > 0 === (worse === 'higher') ? 'worse' : 'better';
}
