import { BINS, type FeatureBins } from './feature.ts';
import { type Histogram, STRIDE } from './histogram.ts';

export interface SplitRules {
  /** Rows a leaf must hold. */
  readonly minLeaf: number;
  /** L2 penalty on leaf values. */
  readonly l2: number;
}

/** A split: which bins of the feature go left (64-bit mask) and the loss it removes. */
export interface Split {
  readonly feature: number;
  readonly low: number;
  readonly high: number;
  readonly gain: number;
}

/** Sums of a set of rows. */
export interface Totals {
  readonly g: number;
  readonly h: number;
  readonly n: number;
}

const MIN_HESSIAN = 1e-3;
const MIN_GAIN = 1e-9;
/** Pulls rare categories towards the middle of the order. */
const CATEGORY_SMOOTHING = 10;

/** The best split over all features, or null when none is allowed or gains anything. */
export function bestSplit(
  sums: Histogram,
  features: readonly FeatureBins[],
  totals: Totals,
  rules: SplitRules,
): Split | null {
  let best: Split | null = null;
  features.forEach((bins, feature) => {
    const found = bins.kind === 'numeric' ? numericSplit : categoricalSplit;
    const split = found(sums, feature, totals, rules);
    if (split !== null && (best === null || split.gain > best.gain)) best = split;
  });
  return best;
}

/** Ordered bins; missing (bin 0) is tried on both sides. Without missing rows it follows the larger side. */
function numericSplit(sums: Histogram, feature: number, totals: Totals, rules: SplitRules): Split | null {
  const missing = binSums(sums, feature, 0);
  let best: Split | null = null;
  for (const missingLeft of missing.n > 0 ? [false, true] : [false]) {
    let left: Totals = missingLeft ? missing : { g: 0, h: 0, n: 0 };
    for (let bin = 1; bin < BINS - 1; bin++) {
      const here = binSums(sums, feature, bin);
      if (here.n === 0) continue;
      left = add(left, here);
      const gain = gainOf(left, totals, rules);
      if (gain > (best?.gain ?? MIN_GAIN)) {
        const withMissing = missing.n > 0 ? missingLeft : left.n > totals.n / 2;
        best = { feature, ...maskUpTo(bin, withMissing), gain };
      }
    }
  }
  return best;
}

/** Bins in the order of their mean gradient (Fisher 1958: the best subset is a prefix); missing is one more category. */
function categoricalSplit(sums: Histogram, feature: number, totals: Totals, rules: SplitRules): Split | null {
  const order: { bin: number; sums: Totals; key: number }[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    const here = binSums(sums, feature, bin);
    if (here.n > 0) order.push({ bin, sums: here, key: here.g / (here.h + CATEGORY_SMOOTHING) });
  }
  order.sort((a, b) => a.key - b.key);
  let left: Totals = { g: 0, h: 0, n: 0 };
  let low = 0;
  let high = 0;
  let best: Split | null = null;
  for (const { bin, sums: here } of order.slice(0, -1)) {
    left = add(left, here);
    if (bin < 32) low |= 1 << bin;
    else high |= 1 << (bin - 32);
    const gain = gainOf(left, totals, rules);
    if (gain > (best?.gain ?? MIN_GAIN)) best = { feature, low, high, gain };
  }
  return best;
}

/** The loss removed by sending `left` one way and the rest the other; 0 when a side is too small. */
function gainOf(left: Totals, totals: Totals, { minLeaf, l2 }: SplitRules): number {
  const g = totals.g - left.g;
  const h = totals.h - left.h;
  if (left.n < minLeaf || totals.n - left.n < minLeaf || left.h < MIN_HESSIAN || h < MIN_HESSIAN) return 0;
  return (left.g * left.g) / (left.h + l2) + (g * g) / (h + l2) - (totals.g * totals.g) / (totals.h + l2);
}

function binSums(sums: Histogram, feature: number, bin: number): Totals {
  const at = (feature * BINS + bin) * STRIDE;
  return { g: sums[at]!, h: sums[at + 1]!, n: Math.round(sums[at + 2]!) };
}

function add(a: Totals, b: Totals): Totals {
  return { g: a.g + b.g, h: a.h + b.h, n: a.n + b.n };
}

/** Bits 1…bin, and bit 0 when missing goes left. */
function maskUpTo(bin: number, missingLeft: boolean): { low: number; high: number } {
  let low = missingLeft ? 1 : 0;
  let high = 0;
  for (let b = 1; b <= bin; b++) {
    if (b < 32) low |= 1 << b;
    else high |= 1 << (b - 32);
  }
  return { low, high };
}
