import { type AdwinBucket, type AdwinOptions, gapBound, joined } from './adwin.ts';

/** Values that came together, of which the order is not known: how many, their sum, and their squared distances from their mean. */
export interface Block extends AdwinBucket {
  readonly n: number;
}

/** What the detector remembers: some ten blocks for each doubling of the window; plain JSON. */
export interface AdwinBlocks extends Block {
  /** Row i holds runs of 2^i blocks, oldest first; the oldest of all is the first of the last row. */
  readonly rows: readonly (readonly Block[])[];
  /** The means on both sides of the most evident cut, when the last block raised the alarm. */
  readonly drift: { readonly before: number; readonly after: number } | null;
}

/** A detector that has seen nothing. */
export const ADWIN_BLOCKS_START: AdwinBlocks = { n: 0, sum: 0, scatter: 0, rows: [[]], drift: null };

/**
 * ADWIN after one more block of values, for streams that are only known bucket by bucket: the window is cut between blocks, and
 * looked at after each. Of blocks of one value it is `adwin` that looks at every value. Blocks of no values, or of sums that are not
 * finite, change nothing but end a standing alarm.
 * Source: Bifet and Gavaldà 2007, Learning from time-changing data with adaptive windowing.
 * @example blocks.reduce((state, block) => adwinBlocks(state, block), ADWIN_BLOCKS_START).drift?.after
 */
export function adwinBlocks(
  before: AdwinBlocks,
  block: Block,
  { delta = 0.002, buckets = 5, side = 5, least = 10 }: Omit<AdwinOptions, 'clock'> = {},
): AdwinBlocks {
  const last = { ...before, drift: null };
  if (!(block.n > 0) || !Number.isFinite(block.sum) || !Number.isFinite(block.scatter)) return last;
  let state: AdwinBlocks = {
    ...together(last, block),
    rows: merged([[...last.rows[0]!, block], ...last.rows.slice(1)], buckets),
    drift: null,
  };
  if (state.n <= least) return state;
  const cut = widestGap(state, delta, side);
  if (cut === null) return state;
  while (blocksIn(state) > 1 && widestGap(state, delta, side) !== null) state = withoutOldest(state);
  return { ...state, drift: cut };
}

function together(a: Block, b: Block): Block {
  return { n: a.n + b.n, ...joined(a, a.n, b, b.n) };
}

function merged(rows: readonly (readonly Block[])[], most: number): readonly (readonly Block[])[] {
  const next = [...rows];
  for (let i = 0; next[i] && next[i]!.length > most; i++) {
    const [first, second, ...rest] = next[i]!;
    next[i] = rest;
    next[i + 1] = [...(next[i + 1] ?? []), together(first!, second!)];
  }
  return next;
}

const blocksIn = ({ rows }: AdwinBlocks) => rows.reduce((sum, row) => sum + row.length, 0);

/** The means on both sides of the cut that leaves its bound furthest behind; null where none does. */
function widestGap(
  { rows, n, sum, scatter }: AdwinBlocks,
  delta: number,
  side: number,
): AdwinBlocks['drift'] {
  const confidence = Math.log((2 * Math.log(n)) / delta);
  const variance = scatter / n;
  let [older, olderSum, widest] = [0, 0, 0];
  let found: AdwinBlocks['drift'] = null;
  for (let i = rows.length - 1; i >= 0; i--) {
    for (const block of rows[i]!) {
      older += block.n;
      olderSum += block.sum;
      const newer = n - older;
      if (older < side || newer < side) continue;
      const [before, after] = [olderSum / older, (sum - olderSum) / newer];
      const beyond = Math.abs(after - before) - gapBound(older, newer, side, variance, confidence);
      if (beyond <= widest) continue;
      widest = beyond;
      found = { before, after };
    }
  }
  return found;
}

function withoutOldest({ rows, n, sum, scatter, drift }: AdwinBlocks): AdwinBlocks {
  const [oldest, ...rest] = rows.at(-1)!;
  const left = n - oldest!.n;
  const leftSum = sum - oldest!.sum;
  const gap = oldest!.sum / oldest!.n - leftSum / left;
  const kept = rest.length > 0 || rows.length === 1 ? [...rows.slice(0, -1), rest] : rows.slice(0, -1);
  return {
    rows: kept,
    n: left,
    sum: leftSum,
    // Rounding must not leave a negative spread.
    scatter: Math.max(0, scatter - oldest!.scatter - ((oldest!.n * left) / n) * gap * gap),
    drift,
  };
}
