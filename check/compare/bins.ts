import type { CheckBin } from '../../contract/check.ts';
import { drawnCounts, type ReferenceBins, SPECIAL_BINS } from '../../stats/reference-bins.ts';
import { type Axis, cellEdge } from '../axis.ts';
import type { CountedColumn } from '../count.ts';

/** Least and greatest value of the reference. */
export type Ends = Pick<CountedColumn, 'min' | 'max'>;

/**
 * The bins as a report draws them: regular ones always, special ones when they hold something. Outer ones reach to the
 * reference's own ends, not to those of the cells.
 */
export function drawnBins(
  axis: Axis | null,
  bins: ReferenceBins,
  reference: readonly number[],
  current: readonly number[],
  ends: Ends,
): CheckBin[] {
  const [before, after] = [drawnCounts(bins, reference), drawnCounts(bins, current)];
  const regular = before.length - SPECIAL_BINS.length;
  return before.flatMap((count, i): CheckBin[] => {
    const pair = { reference: count, current: after[i]! };
    if (i < regular)
      return [{ label: binLabel(axis, bins, i, ends), kind: axis ? 'range' : 'category', ...pair }];
    const kind = SPECIAL_BINS[i - regular]!;
    return pair.reference + pair.current > 0 ? [{ label: kind.replaceAll('_', ' '), kind, ...pair }] : [];
  });
}

function binLabel(axis: Axis | null, bins: ReferenceBins, i: number, { min, max }: Ends): string {
  if (bins.kind === 'categorical') return bins.top[i]!;
  if (axis === null) return String(i);
  const edge = (place: number) => cellEdge(bins.edges[place]!, axis);
  if (bins.values !== null && axis.whole) return String(edge(i));
  const from = i === 0 ? (min ?? edge(i)) : edge(i);
  const last = i === bins.edges.length - 2;
  return `${short(from)} – ${short(last ? (max ?? edge(i + 1)) : edge(i + 1))}`;
}

/** Three significant digits, of whole thousands all: a year stays the year that it is; without exponent where that reads well. `short(2014.6)` → '2015' */
export function short(x: number): string {
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return x.toExponential(1);
  return String(size >= 1000 ? Math.round(x) : Number(x.toPrecision(3)));
}
