import type { CheckBin } from '../../contract/check.ts';
import { drawnCounts, type ReferenceBins, SPECIAL_BINS } from '../../stats/reference-bins.ts';
import { type Axis, cellEdge } from '../axis.ts';

/** The bins as a report draws them: regular ones always, special ones when they hold something. */
export function drawnBins(
  axis: Axis | null,
  bins: ReferenceBins,
  reference: readonly number[],
  current: readonly number[],
): CheckBin[] {
  const [before, after] = [drawnCounts(bins, reference), drawnCounts(bins, current)];
  const regular = before.length - SPECIAL_BINS.length;
  return before.flatMap((count, i): CheckBin[] => {
    const pair = { reference: count, current: after[i]! };
    if (i < regular) return [{ label: binLabel(axis, bins, i), kind: axis ? 'range' : 'category', ...pair }];
    const kind = SPECIAL_BINS[i - regular]!;
    return pair.reference + pair.current > 0 ? [{ label: kind.replaceAll('_', ' '), kind, ...pair }] : [];
  });
}

function binLabel(axis: Axis | null, bins: ReferenceBins, i: number): string {
  if (bins.kind === 'categorical') return bins.top[i]!;
  if (axis === null) return String(i);
  const from = cellEdge(bins.edges[i]!, axis);
  if (bins.values !== null && axis.whole) return String(from);
  return `${short(from)} – ${short(cellEdge(bins.edges[i + 1]!, axis))}`;
}

/** Three significant digits, without exponent where that reads well. `short(1234.5)` → '1230' */
export function short(x: number): string {
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return x.toExponential(1);
  return String(Number(x.toPrecision(3)));
}
