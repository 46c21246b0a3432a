import { proportionDifference } from '../../stats/intervals/proportion.ts';
import { type Movement, numbersMoved, sharesMoved } from '../../stats/movement/movement.ts';
import { superiority } from '../../stats/movement/superiority.ts';
import type { Outcome } from '../../stats/outcome.ts';
import {
  type ReferenceBins,
  SPECIAL_BINS,
  type SpecialBin,
  scoredCounts,
} from '../../stats/reference-bins.ts';
import type { CountedColumn, CountPlan } from '../count.ts';
import type { ColumnSamples } from './pair.ts';
import { percent } from './quality.ts';

/** What the question whether a column moved at all looks at. */
export interface MovementCase {
  readonly plan: CountPlan;
  readonly reference: CountedColumn;
  readonly current: CountedColumn;
  readonly bins: ReferenceBins;
  /** Counts on the frozen bins, and the same made fair for what the reference did not see. */
  readonly binned: Binned;
  readonly fair: Binned;
  readonly samples: ColumnSamples | null;
}

interface Binned {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** How much of what changed, with a 95 % interval. */
export interface MovedBy {
  readonly of: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Whether the column moved at all. Of categories those that have a bin of their own are looked at, and what is missing or invalid; new ones are judged by themselves. */
export function movementOf({ bins, binned, fair, samples }: MovementCase): Outcome<Movement> {
  if (samples) return numbersMoved(samples.reference, samples.current, fair);
  const own = ownBins(bins, binned);
  // The rest is no bin: which categories have their own is known from the reference's counts.
  return sharesMoved(own, own.reference.length - 1);
}

/** The bins that have a name: carried categories, missing, invalid; all others together, so that totals are kept. */
function ownBins(bins: ReferenceBins, { reference, current }: Binned): Binned {
  const named = (counts: readonly number[]) => {
    const scored = scoredCounts(bins, counts);
    const { carried, special } = places(bins, scored.length);
    const own = [...scored.slice(0, carried), ...scored.slice(special, special + 2)];
    const all = scored.reduce((sum, count) => sum + count, 0);
    return [...own, all - own.reduce((sum, count) => sum + count, 0)];
  };
  return { reference: named(reference), current: named(current) };
}

function places(bins: ReferenceBins, length: number) {
  const special = length - SPECIAL_BINS.length;
  return { carried: bins.kind === 'categorical' ? bins.carried : special, special };
}

/** What moved, in words, with its interval: to be said of a column that moved for certain. */
export function movedBy(
  seen: MovementCase,
  { by, bin }: Movement,
): { text: string | null; moved: MovedBy | null } {
  if (by === 'level') return levelMoved(seen);
  if (bin === null) return { text: null, moved: null };
  if (by === 'shape') {
    const kind = SPECIAL_BINS[bin - places(seen.bins, seen.fair.reference.length).special];
    return kind === undefined ? { text: null, moved: null } : shareMoved(WORDS[kind], seen.fair, bin);
  }
  const own = ownBins(seen.bins, seen.binned);
  const { carried } = places(seen.bins, scoredCounts(seen.bins, seen.binned.reference).length);
  const top = seen.bins.kind === 'categorical' ? seen.bins.top : [];
  const name = bin < carried ? `"${top[bin]}"` : bin === carried ? WORDS.missing : WORDS.invalid;
  return shareMoved(name, own, bin);
}

const WORDS: Record<SpecialBin, string> = {
  missing: 'missing values',
  invalid: 'values of the wrong type',
  out_of_range: 'values outside the reference range',
  new: 'new values',
  other: 'other values',
};

function shareMoved(name: string, { reference, current }: Binned, bin: number) {
  const [m, n] = [total(reference), total(current)];
  const [before, after] = [Math.max(0, reference[bin]!), Math.max(0, current[bin]!)];
  const change = proportionDifference(before, m, after, n);
  if (!('value' in change)) return { text: null, moved: null };
  const points = `${signed(100 * change.value)} points, ${signed(100 * change.low)} to ${signed(100 * change.high)}`;
  return {
    text: `${name} went from ${percent(before, m)} to ${percent(after, n)} (${points})`,
    moved: { of: `share of ${name}`, ...change },
  };
}

function levelMoved({ plan, reference, current, samples }: MovementCase) {
  const above = superiority(samples!.reference, samples!.current);
  if (!('value' in above)) return { text: null, moved: null };
  const what = plan.type === 'text' ? 'text lengths' : 'values';
  const bounds = `${above.value.toFixed(3)}, ${above.low.toFixed(3)} to ${above.high.toFixed(3)}`;
  const { value, low, high } = above;
  const chance = `a current one exceeds a reference one with probability ${bounds}`;
  const steps = inDeviations(reference, current);
  const size = steps !== null && steps > 0 === value > 0.5 ? ` by ${Math.abs(steps).toFixed(2)} σ` : '';
  return {
    text: `${what} shifted ${value > 0.5 ? 'up' : 'down'}${size} (${chance})`,
    moved: { of: 'P(current > reference)', value, low, high },
  };
}

/** The change of the mean in the reference's standard deviations, where that is a size to speak of. */
function inDeviations(reference: CountedColumn, current: CountedColumn): number | null {
  if (reference.mean === null || current.mean === null || !reference.variance) return null;
  const steps = (current.mean - reference.mean) / Math.sqrt(reference.variance);
  return Number.isFinite(steps) && Math.abs(steps) >= 0.005 && Math.abs(steps) < 10 ? steps : null;
}

function signed(x: number): string {
  return `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(1)}`;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
