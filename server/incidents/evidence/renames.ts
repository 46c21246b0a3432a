import { type Shares, sharesGap, sharesMixed, sharesOf } from '../../../stats/explanation/category-shares.ts';
import { newIn } from './beyond.ts';
import type { Sides } from './column-change.ts';

/** So many standard errors more than in proportion a category must have lost to be one that was renamed. */
const CLEARLY = 2.5;
/** A category with a smaller share is not looked for. */
const LEAST = 0.01;
const MOST = 40;

export interface Rename {
  readonly from: string;
  readonly to: string;
  readonly share: number;
}

/** What became of the categories of a column to which new names came, told in two ways, with what each leaves unexplained. */
export interface NewNames {
  /** Share of the rows with a new name, and how many names there are. */
  readonly share: number;
  readonly names: number;
  /** The known ones lost rows in proportion. */
  readonly proportional: number;
  /** Single ones lost as many as new names have. */
  readonly renamed: readonly Rename[];
  readonly moved: number;
}

/**
 * Holds the shares before and after against both ways; null without new names, which are `times` as frequent as before. `rows`: how
 * many there are of both sides, by which chance is known. Pure.
 */
export function newNames(
  { before, after }: Sides<Shares>,
  rows: Sides<number>,
  times: number,
): NewNames | null {
  const come = newIn(before, after, times);
  const share = [...come.values()].reduce((a, b) => a + b, 0);
  if (share < LEAST) return null;
  const chance = 1 / rows.before + 1 / rows.after;
  const lost = [...before].flatMap(([name, was]) => {
    const lost = was - (after.get(name) ?? 0);
    const clearly = lost - share * was > CLEARLY * Math.sqrt(was * (1 - was) * chance);
    return lost > LEAST / 2 && clearly ? [{ name, lost }] : [];
  });
  const renamed = renames(come, lost);
  const expected = new Map(before);
  for (const each of renamed) {
    expected.set(each.from, (expected.get(each.from) ?? 0) - each.share);
    expected.set(each.to, each.share);
  }
  return {
    ...{ share, names: come.size, renamed },
    proportional: sharesGap(sharesMixed(before, sharesOf(come), share), after),
    moved: sharesGap(expected, after),
  };
}

/** Whether that categories were renamed tells it clearly better than that new ones came. */
export function isRename({ renamed, moved, proportional }: NewNames): boolean {
  return renamed.length > 0 && moved < proportional / 2;
}

/** New names, each with the category that lost most nearly as many rows. */
function renames(
  fresh: Shares,
  losers: readonly { readonly name: string; readonly lost: number }[],
): Rename[] {
  const lost = [...losers];
  const come = [...fresh]
    .filter(([, share]) => share >= LEAST)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST);
  return come.flatMap(([to, share]): Rename[] => {
    const off = (each: { lost: number }) => Math.abs(each.lost - share);
    const from = lost.toSorted((a, b) => off(a) - off(b))[0];
    if (from === undefined || off(from) > 0.35 * share + 0.01) return [];
    lost.splice(lost.indexOf(from), 1);
    return [{ from: from.name, to, share }];
  });
}
