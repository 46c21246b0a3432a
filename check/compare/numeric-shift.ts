import { binCounts, referenceBins } from '../../stats/reference-bins.ts';
import type { CountedColumn, CountPlan } from '../count.ts';
import { cellQuantiles } from '../profile/quantiles.ts';
import { drawnBins, short } from './bins.ts';
import { percent } from './quality.ts';

/** Shifts of less than this, in standard deviations, are not what is told of a column. */
const SMALL = 0.15;
/** A standard deviation of more than this many times what the middle half says is one of few far values. */
const FAR = 2;
const [WIDER, NARROWER] = [1.2, 0.83];
/** The middle half of normal values, in standard deviations. */
const MIDDLE = 1.349;

/**
 * How numbers (or lengths of texts) moved, in what tells it best: mean and spread in standard deviations; the median and the
 * middle half where few far values make up both; else the part of the values whose share changed most.
 */
export function numericShift(plan: CountPlan, reference: CountedColumn, current: CountedColumn): string {
  const what = plan.type === 'text' ? 'text lengths' : 'values';
  const [before, after] = [middleOf(plan, reference), middleOf(plan, current)];
  const { mean, variance } = reference;
  if (
    mean === null ||
    current.mean === null ||
    variance === null ||
    current.variance === null ||
    !before ||
    !after
  )
    return `${what} changed`;
  const [std, now] = [Math.sqrt(variance), Math.sqrt(current.variance)];
  if (std === 0 && current.mean !== mean)
    return `${what} were ${short(mean)} throughout, now ${short(current.mean)} ${now === 0 ? 'throughout' : 'on average'}`;
  const delta = std > 0 ? (current.mean - mean) / std : 0;
  const median = before.width > 0 ? (MIDDLE * (after.median - before.median)) / before.width : 0;
  const far = std > FAR * (before.width / MIDDLE) || now > FAR * (after.width / MIDDLE);
  const against = Math.abs(median) >= SMALL && median * delta < 0;
  if (far || against) {
    if (Math.abs(median) >= SMALL)
      return `the median of the ${what} went ${median > 0 ? 'up' : 'down'} from ${short(before.median)} to ${short(after.median)}`;
    if (before.width > 0 && isOther(after.width / before.width))
      return `the middle half of the ${what} spread ${after.width > before.width ? 'wider' : 'narrower'}: ${before.half}, now ${after.half}`;
    return mostMoved(plan, reference, current, what);
  }
  if (Math.abs(delta) >= SMALL)
    return `${what} shifted ${delta > 0 ? 'up' : 'down'} by ${Math.abs(delta) < 100 ? Math.abs(delta).toFixed(1) : 'more than 100'} σ`;
  if (std > 0 && isOther(now / std))
    return `${what} spread ${now > std ? 'wider' : 'narrower'} (× ${(now / std).toFixed(2)})`;
  return mostMoved(plan, reference, current, what);
}

function isOther(ratio: number): boolean {
  return ratio > WIDER || ratio < NARROWER;
}

/** Median and middle half of a column; null without values. */
function middleOf({ axis }: CountPlan, { grid, min, max }: CountedColumn) {
  const found = axis === null ? null : cellQuantiles(grid, axis, min, max, axis.whole);
  if (found === null) return null;
  const { p25, p50, p75 } = found;
  return { median: p50, width: p75 - p25, half: `${short(p25)} – ${short(p75)}` };
}

/** The bin of the reference whose share changed most. */
function mostMoved(plan: CountPlan, reference: CountedColumn, current: CountedColumn, what: string): string {
  const bins = referenceBins(reference, { type: 'numeric' });
  const drawn = drawnBins(plan.axis, bins, binCounts(reference, bins), binCounts(current, bins), reference);
  const gap = (bin: (typeof drawn)[number]) =>
    Math.abs(bin.current / Math.max(1, current.n) - bin.reference / Math.max(1, reference.n));
  const [most] = drawn.filter(({ kind }) => kind === 'range').sort((a, b) => gap(b) - gap(a));
  if (most === undefined || gap(most) === 0) return `the shape of the ${what} changed`;
  const from = percent(most.reference, Math.max(1, reference.n));
  return `${what} of ${most.label} went from ${from} to ${percent(most.current, Math.max(1, current.n))}`;
}
