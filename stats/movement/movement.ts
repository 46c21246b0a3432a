import { chiSquareTest } from '../comparisons/chi-square.ts';
import { fisherExactTest } from '../comparisons/fisher-exact.ts';
import { mannWhitneyTest } from '../comparisons/mann-whitney.ts';
import { twoProportionZTest } from '../comparisons/two-proportion-z.ts';
import type { Outcome, Value } from '../outcome.ts';
import type { Sample } from '../sample.ts';

/**
 * Whether a column moved at all, however little. `p`, also as `value`: the probability of this much without any change, for
 * error control over many columns. `by`: what moved most, the level of numbers, their shape, or the share of bin `bin`.
 */
export interface Movement extends Value {
  readonly p: number;
  readonly by: 'level' | 'shape' | 'share';
  readonly bin: number | null;
}

/** Counts on shared bins. */
interface Binned {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Below so many values that a bin is expected to hold on a side it is put together with others (Cochran). */
const FEWEST_EXPECTED = 5;
/** From so many on the share of a bin is as good as normal, also far out in its tail. */
const NORMAL_FROM = 100;
/** A bin of fewer values on both sides together can say nothing. */
const FEWEST_HITS = 8;

/**
 * Whether numbers moved: of the Mann–Whitney test, which sees the level, and χ² on the bins (those of few values put together), which
 * sees any shape and what is missing or out of range, the smaller p, doubled. `not_enough_data` or `constant` where neither says anything.
 * @example numbersMoved(sampleOf(before), sampleOf(after), counts) // { p: 0.0002, by: 'level', … }
 */
export function numbersMoved(reference: Sample, current: Sample, binned: Binned): Outcome<Movement> {
  const level = mannWhitneyTest(reference, current);
  const merged = wellFilled(binned);
  const shape = chiSquareTest(merged.reference, merged.current);
  const found = [
    ...('value' in level ? [{ by: 'level', p: level.p } as const] : []),
    ...('value' in shape ? [{ by: 'shape', p: shape.p } as const] : []),
  ];
  if (found.length === 0) return { reason: 'reason' in level ? level.reason : 'constant' };
  const best = found.reduce((a, b) => (b.p < a.p ? b : a));
  const p = Math.min(1, found.length * best.p);
  return { value: p, p, by: best.by, bin: best.by === 'shape' ? movedMost(binned) : null };
}

/**
 * Whether shares of bins moved: the smallest p of all bins' shares (Fisher's exact test, with many values the two-proportion z), times
 * their number (Bonferroni). `constant` when no two bins can be told from each other.
 * @param asked how many bins from the first on are looked at: those behind are the rest, chosen by luck. Default: all.
 * @example sharesMoved({ reference: [600, 400], current: [500, 500] }) // { p: 0.000007…, by: 'share', bin: 0 }
 */
export function sharesMoved(binned: Binned, asked = binned.reference.length): Outcome<Movement> {
  const tests = binned.reference.slice(0, asked).flatMap((_, bin) => {
    if (binned.reference[bin]! + binned.current[bin]! < FEWEST_HITS) return [];
    const found = shareMoved(binned, bin);
    return 'value' in found ? [{ bin, p: found.p }] : [];
  });
  if (tests.length === 0) return { reason: 'constant' };
  const best = tests.reduce((a, b) => (b.p < a.p ? b : a));
  const occupied = binned.reference.filter((count, i) => count + binned.current[i]! > 0).length;
  // Of two bins the one says what the other says.
  const p = Math.min(1, (occupied === 2 ? 1 : tests.length) * best.p);
  return { value: p, p, by: 'share', bin: best.bin };
}

function shareMoved({ reference, current }: Binned, bin: number) {
  const [m, n] = [total(reference), total(current)];
  const [before, after] = [reference[bin]!, current[bin]!];
  const expected = ((before + after) * Math.min(m, n)) / (m + n);
  const test = expected < NORMAL_FROM ? fisherExactTest : twoProportionZTest;
  return test([m - before, before], [n - after, after]);
}

/** The bin whose share moved most, in its own noise. */
function movedMost(binned: Binned): number | null {
  const found = sharesMoved(binned);
  return 'value' in found ? found.bin : null;
}

/** The bins with those put together that are expected to hold too few values on a side. */
function wellFilled({ reference, current }: Binned): { reference: number[]; current: number[] } {
  const [m, n] = [total(reference), total(current)];
  const least = (FEWEST_EXPECTED * (m + n)) / Math.min(m, n);
  const merged = { reference: [] as number[], current: [] as number[] };
  const rest = { reference: 0, current: 0 };
  for (const [i, before] of reference.entries()) {
    const after = current[i]!;
    if (before + after >= least) {
      merged.reference.push(before);
      merged.current.push(after);
    } else {
      rest.reference += before;
      rest.current += after;
    }
  }
  merged.reference.push(rest.reference);
  merged.current.push(rest.current);
  return merged;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
