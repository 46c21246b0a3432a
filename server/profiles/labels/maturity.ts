import { gridIndex } from '../../../stats/asinh-grid.ts';
import type { Ctx } from '../../context.ts';
import { DELAY_GRID, LABEL_DELAY } from '../profile.ts';
import { type ProfilePoint, readProfiles } from '../read/read-profiles.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Ages of which is told how many of the labels that come at all have come by then. */
export const AGES: readonly number[] = [
  ...[HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 60 * DAY, 90 * DAY],
];
/** Predictions that are older have their labels, whatever these took. */
export const OLD = AGES.at(-1)!;
/** Ages by which nearly all labels have come are learned of this share of them. */
const NEARLY = 0.95;

/** How many of the labels that come at all have come when a prediction is so old. */
export interface LabelMaturity {
  /** Whether it was learned of predictions old enough to have all of theirs; else the slow labels are missing in it. */
  readonly settled: boolean;
  /** Labels that it was learned of, and those of them that came by an age in milliseconds. */
  readonly total: number;
  come(age: number): number;
}

/**
 * How labels come in, by how long they took: learned from predictions that are at least twice as old as nearly all labels took, since
 * of younger ones only the quick labels have come yet. `spanMs`: how much time a point stands for; `newest`: event time of the newest
 * prediction. Pure.
 */
export function labelMaturity(
  delays: readonly Pick<ProfilePoint, 'time' | 'profile'>[],
  { newest, spanMs }: { readonly newest: number; readonly spanMs: number },
): LabelMaturity {
  const all = delaysOf(delays);
  const longest = ageOf(all, NEARLY);
  const old = delays.filter(({ time }) => time + spanMs <= newest - 2 * longest);
  return old.length > 0 ? { settled: true, ...delaysOf(old) } : { settled: false, ...all };
}

function delaysOf(points: readonly Pick<ProfilePoint, 'profile'>[]): Pick<LabelMaturity, 'total' | 'come'> {
  const counts = new Map<number, number>();
  let total = 0;
  for (const { profile } of points)
    for (const [cell, count] of profile.grid) {
      counts.set(cell, (counts.get(cell) ?? 0) + count);
      total += count;
    }
  return {
    total,
    // Labels in the cell of the age itself have come.
    come(age) {
      const last = gridIndex(Math.max(0, age), DELAY_GRID);
      let come = 0;
      for (const [cell, count] of counts) if (cell <= last) come += count;
      return come;
    },
  };
}

/** So far back lies what the maturity of the newest predictions is learned of: farther where labels take months. */
const LEARNED = [98 * DAY, 3 * OLD] as const;

/** How the labels of a model have come in, of its newest months by day. `first`, `newest`: event time of its predictions. */
export async function readMaturity(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  { first, newest }: { readonly first: number; readonly newest: number },
): Promise<LabelMaturity> {
  const [near, far] = LEARNED.map((back) => async () => {
    const range = { model, columns: [LABEL_DELAY], from: Math.max(0, newest - back), to: newest + DAY };
    return labelMaturity(await readProfiles(ctx, range, { step: DAY }), { newest, spanMs: DAY });
  });
  const found = await near!();
  const isAll = newest - LEARNED[0] <= first;
  return found.settled || found.total === 0 || isAll ? found : far!();
}

/** The least of the ages by which so great a share of the labels that come at all has come; the greatest of them where none is enough. Pure. */
export const ageOf = ({ total, come }: Pick<LabelMaturity, 'total' | 'come'>, share: number): number =>
  AGES.find((age) => come(age) >= share * total) ?? OLD;
