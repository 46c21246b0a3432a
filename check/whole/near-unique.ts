import { mannWhitneyTest } from '../../stats/comparisons/mann-whitney.ts';
import { logNormalTail } from '../../stats/distributions/normal.ts';
import { superiority } from '../../stats/movement/superiority.ts';
import { repeatedRows } from '../../stats/quality/repeated-rows.ts';
import { sampleOf } from '../../stats/sample.ts';
import { percent } from '../compare/quality.ts';
import type { WholeRows } from './sample.ts';

const FEWEST_ROWS = 100;
/** Chance of any column named in a whole table without change. */
const FALSE_MOVES = 0.01;
/** Changes by less than these are not told of, at any size. */
const LEAST_REPEATS = 0.01;
const LEAST_SUPERIORITY = 0.01;

/**
 * Columns of categories of which more than half are values of their own say little by their bins: what is compared is how many
 * repeat, and how long they are. The share never seen is judged with the new categories of every column. A sentence for each that moved.
 */
export function nearUniqueMoves({ reference, current }: WholeRows): Map<string, string[]> {
  const found = new Map<string, string[]>();
  // Two questions of each column.
  const least = FALSE_MOVES / (2 * Math.max(1, reference.length));
  for (const [f, { name, kind, values }] of reference.entries()) {
    if (kind !== 'categorical') continue;
    const [before, after] = [given(values), given(current[f]!.values as ArrayLike<string | null>)];
    if (Math.min(before.length, after.length) < FEWEST_ROWS) continue;
    if (new Set(before).size <= before.length / 2) continue;
    const said = [repeatsMoved(before, after, least), lengthsMoved(before, after, least)].filter(
      (sentence) => sentence !== null,
    );
    if (said.length > 0) found.set(name, said);
  }
  return found;
}

function repeatsMoved(before: readonly string[], after: readonly string[], least: number): string | null {
  const repeats = repeatedRows({ reference: before, current: after });
  if (!('value' in repeats) || Math.abs(repeats.value) < LEAST_REPEATS) return null;
  if (Math.LN2 + logNormalTail(Math.abs(repeats.z)) > Math.log(least)) return null;
  const distinct = (share: number) => percent(1 - share, 1);
  return `distinct values went from ${distinct(repeats.reference)} to ${distinct(repeats.current)} of the rows, both tables as if of one size`;
}

function lengthsMoved(before: readonly string[], after: readonly string[], least: number): string | null {
  const lengths = (texts: readonly string[]) => sampleOf(texts.map((text) => text.length));
  const [a, b] = [lengths(before), lengths(after)];
  const test = mannWhitneyTest(a, b);
  if (!('value' in test) || test.p > least || Math.abs(test.value - 0.5) < LEAST_SUPERIORITY) return null;
  const above = superiority(a, b);
  if (!('value' in above)) return null;
  return `texts became ${above.value > 0.5 ? 'longer' : 'shorter'} (a current one is the longer with probability ${above.value.toFixed(3)}, ${above.low.toFixed(3)} to ${above.high.toFixed(3)})`;
}

function given(values: ArrayLike<string | null>): string[] {
  return Array.from(values).filter((value) => value !== null);
}
