import type { Lake } from '../../store/lake/lake.ts';
import type { Gaps } from './gaps.ts';
import { hashOf } from './hash.ts';
import { readIds } from './read-ids.ts';
import type { Slices } from './slices.ts';

/** Other servers that write to the same lake. */
export interface Others {
  /** Up to which stamp every row is visible, whoever stored it. */
  visibleTo(): Promise<number>;
  /** Tables that may have rows from this stamp on. */
  arrived(from: number): Promise<readonly string[]>;
}

/** Reads the ids that were stored since `tail`. Answers up to where they have been read now. */
export async function followOthers(
  lake: Pick<Lake, 'query'>,
  others: Others,
  slices: Slices,
  gaps: Gaps,
  tail: number,
): Promise<number> {
  const to = await others.visibleTo();
  if (to <= tail) return tail;
  gaps.closeAt(tail);
  for (const table of await others.arrived(tail)) {
    const known = gaps.table(table);
    if (known === undefined) continue;
    for await (const { ids } of readIds(lake, table, { from: tail, to })) {
      for (const id of ids) slices.add(hashOf(id, known.seed));
    }
  }
  gaps.followed(to);
  return to;
}
