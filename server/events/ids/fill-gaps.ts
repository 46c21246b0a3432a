import type { Lake } from '../../store/lake/lake.ts';
import type { Gaps } from './gaps.ts';
import { hashOf } from './hash.ts';
import type { Range } from './ranges.ts';
import { readIds } from './read-ids.ts';
import type { Slices } from './slices.ts';
import { tablesWithRows } from './tables-with-rows.ts';

export interface FillOptions {
  readonly lake: Pick<Lake, 'query'>;
  readonly slices: Slices;
  readonly gaps: Gaps;
  readonly now: () => number;
  readonly stopped: () => boolean;
  /** There is no memory for more. */
  readonly short: () => void;
}

/**
 * Reads the ids that are missing from the lake, the newest of all tables first, so that a lack of memory costs all of them
 * the oldest. Errors: those of the lake; what was read until then counts.
 */
export async function fillGaps(options: FillOptions): Promise<void> {
  const { slices, gaps, now, stopped, short } = options;
  await passOverEmpty(options);
  while (!stopped()) {
    const since = slices.since(now());
    gaps.fill({ from: Number.NEGATIVE_INFINITY, to: since });
    const to = gaps.end();
    if (to === undefined) return;
    await slices.fit(to);
    if (slices.spare < 0) {
      slices.forget(to);
      short();
      continue;
    }
    for (const [table, ranges] of gaps.within({ from: Math.max(since, to - slices.periodMs), to })) {
      for (const range of ranges) if (!stopped()) await fillRange(options, table, range);
    }
  }
}

/** Of tables that got nothing in their gaps nothing is missing. */
async function passOverEmpty({ lake, slices, gaps, now }: FillOptions): Promise<void> {
  gaps.fill({ from: Number.NEGATIVE_INFINITY, to: slices.since(now()) });
  const unread = gaps.hulls();
  const filled = await tablesWithRows(lake, unread);
  for (const [table, range] of unread) if (!filled.has(table)) gaps.fill(range, table);
}

async function fillRange(
  { lake, slices, gaps, now, stopped }: FillOptions,
  table: string,
  range: Range,
): Promise<void> {
  const { seed } = gaps.table(table)!;
  for await (const { ids, from, done } of readIds(lake, table, range)) {
    const slice = slices.at(from);
    slice.changed = true;
    for (const id of ids) slice.set.add(hashOf(id, seed));
    if (done) gaps.fill({ from, to: range.to }, table);
    // what is left of the range may have become too old, or too much
    if (stopped() || from < slices.since(now())) return;
  }
  gaps.fill(range, table);
}
