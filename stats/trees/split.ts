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

/** The same, and what a split is measured by. */
interface Parent extends Totals {
  /** What the rows gain as one leaf. */
  readonly gain: number;
}

const MIN_HESSIAN = 1e-3;
const MIN_GAIN = 1e-9;
/** Pulls rare categories towards the middle of the order. */
const CATEGORY_SMOOTHING = 10;
/** Mean gradient by bin, while a column is looked at. */
const keys = new Float64Array(BINS);

/** The best split over all features, or null when none is allowed or gains anything. */
export function bestSplit(
  sums: Histogram,
  features: readonly FeatureBins[],
  totals: Totals,
  rules: SplitRules,
): Split | null {
  const parent = { ...totals, gain: (totals.g * totals.g) / (totals.h + rules.l2) };
  let best: Split | null = null;
  features.forEach((bins, feature) => {
    const found = bins.kind === 'numeric' ? numericSplit : categoricalSplit;
    const split = found(sums, feature, parent, rules);
    if (split !== null && (best === null || split.gain > best.gain)) best = split;
  });
  return best;
}

/** Ordered bins; missing (bin 0) is tried on both sides. Without missing rows it follows the larger side. */
function numericSplit(sums: Histogram, feature: number, parent: Parent, rules: SplitRules): Split | null {
  const first = feature * BINS * STRIDE;
  const missing = sums[first + 2]!;
  let bestGain = MIN_GAIN;
  let bestBin = 0;
  let bestMissing = false;
  for (let side = 0; side < (missing > 0 ? 2 : 1); side++) {
    const missingLeft = side === 1;
    let g = missingLeft ? sums[first]! : 0;
    let h = missingLeft ? sums[first + 1]! : 0;
    let n = missingLeft ? missing : 0;
    for (let bin = 1; bin < BINS - 1; bin++) {
      const at = first + bin * STRIDE;
      const here = sums[at + 2]!;
      if (here === 0) continue;
      g += sums[at]!;
      h += sums[at + 1]!;
      n += here;
      const gain = gainOf(g, h, n, parent, rules);
      if (gain > bestGain) {
        bestGain = gain;
        bestBin = bin;
        bestMissing = missing > 0 ? missingLeft : n > parent.n / 2;
      }
    }
  }
  return bestBin === 0 ? null : { feature, ...maskUpTo(bestBin, bestMissing), gain: bestGain };
}

/** Bins in the order of their mean gradient (Fisher 1958: the best subset is a prefix); missing is one more category. */
function categoricalSplit(sums: Histogram, feature: number, parent: Parent, rules: SplitRules): Split | null {
  const first = feature * BINS * STRIDE;
  const order: number[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    const at = first + bin * STRIDE;
    if (sums[at + 2]! === 0) continue;
    keys[bin] = sums[at]! / (sums[at + 1]! + CATEGORY_SMOOTHING);
    order.push(bin);
  }
  order.sort((a, b) => keys[a]! - keys[b]!);
  let g = 0;
  let h = 0;
  let n = 0;
  let low = 0;
  let high = 0;
  let best: Split | null = null;
  for (let place = 0; place < order.length - 1; place++) {
    const bin = order[place]!;
    const at = first + bin * STRIDE;
    g += sums[at]!;
    h += sums[at + 1]!;
    n += sums[at + 2]!;
    if (bin < 32) low |= 1 << bin;
    else high |= 1 << (bin - 32);
    const gain = gainOf(g, h, n, parent, rules);
    if (gain > (best?.gain ?? MIN_GAIN)) best = { feature, low, high, gain };
  }
  return best;
}

/** The loss removed by sending these sums one way and the rest the other; 0 when a side is too small. */
function gainOf(
  leftG: number,
  leftH: number,
  leftN: number,
  parent: Parent,
  { minLeaf, l2 }: SplitRules,
): number {
  if (leftN < minLeaf || parent.n - leftN < minLeaf) return 0;
  const g = parent.g - leftG;
  const h = parent.h - leftH;
  if (leftH < MIN_HESSIAN || h < MIN_HESSIAN) return 0;
  return (leftG * leftG) / (leftH + l2) + (g * g) / (h + l2) - parent.gain;
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
