import { Z_TWO_SIDED_95 } from '../../../stats/distributions/normal.ts';
import { proportion, proportionDifference } from '../../../stats/intervals/proportion.ts';
import { sharedBound } from '../../../stats/multiple-testing.ts';
import type { Estimate } from '../../../stats/outcome.ts';
import type { Measurement } from '../../signals/measurement.ts';
import { reasonOf, type Settings, unjudged } from '../kind.ts';
import { widen } from '../track.ts';

/** 3.3 standard errors, one side 1 in 2,000: 50 columns, judged every hour of a month, twice in a row, stay quiet. */
const Z_DECISION = 3.3;

/** A share of rows over time, and what it was at the reference. */
export interface Share {
  /** Rows, and rows of the kind in question, in the buckets from … to − 1. */
  n(from: number, to: number): number;
  hits(from: number, to: number): number;
  readonly reference: { readonly hits: number; readonly n: number };
}

/**
 * Whether a share rose past its reference by more than `threshold` (0.03: three points of a hundred).
 * It breaches when the lower bound of the increase (Newcombe) passes the threshold, so the verdict is the same at a
 * thousand and ten million rows, and is clear when the increase is under half of it. The window starts at one bucket,
 * holds at least `minN`, and while it cannot tell is doubled up to `steadyWindow`: a large jump is seen at once, a small
 * steady one when there is evidence for it.
 */
export function shareIncrease(share: Share, index: number, settings: Settings): Measurement {
  const { reference } = share;
  if (share.n(index, index + 1) === 0) return unjudged('no_data', 'no_predictions');
  const first = widen(share.n, index, settings.window, settings.minN, settings.maxWindow);
  if (first.n < settings.minN) return unjudged('not_enough_data', 'too_few_predictions', first.n);
  const z = sharedBound(Z_DECISION, settings.looks ?? 1);
  const base = reference.hits / reference.n;
  let window = first;
  let verdict: 'breach' | 'within' | 'clear' = 'within';
  for (;;) {
    const hits = share.hits(window.from, window.to);
    const rise = proportionDifference(reference.hits, reference.n, hits, window.n, z);
    if ('value' in rise && rise.low > settings.threshold) verdict = 'breach';
    else if (window === first && hits / window.n - base < settings.threshold / 2) verdict = 'clear';
    if (verdict !== 'within') break;
    const length = (window.to - window.from) * 2;
    if (window.from === 0 || length > settings.steadyWindow) {
      window = first;
      break;
    }
    const from = Math.max(0, window.to - length);
    window = { from, to: window.to, n: share.n(from, window.to) };
  }
  const hits = share.hits(window.from, window.to);
  // There are rows in the window, so there is a share.
  const { value, low, high } = proportion(hits, window.n, Z_TWO_SIDED_95) as Estimate;
  return {
    value,
    low,
    high,
    n: window.n,
    window: window.to - window.from,
    threshold: Math.min(1, base + settings.threshold),
    baseline: base,
    status: 'ok',
    verdict,
    reason: reasonOf(verdict),
  };
}
