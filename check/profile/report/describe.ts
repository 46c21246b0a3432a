import type { ProfileColumn } from '../../../contract/table-profile.ts';
import { percent, short } from '../../report/figures.ts';
import { clip, places, plain } from '../../report/text.ts';

/** What a column holds in words, from the fewest to the most; the last that fits is shown. */
export function descriptions(column: ProfileColumn): readonly string[] {
  const { quantiles, min, max, mean, std, first, last, measures } = column;
  if (first !== null && last !== null) return [`${first} … ${last}`];
  if (quantiles !== null && min !== null && max !== null) {
    const what = measures === 'lengths' ? 'length ' : '';
    const { p1, p5, p25, p50, p75, p95, p99 } = quantiles;
    return [
      `${what}${short(min)} … ${short(p50)} … ${short(max)}`,
      `${what}${short(min)} … ${short(p50)} … ${short(max)}, mean ${short(mean)}`,
      `${what}${short(min)} … ${short(p25)} | ${short(p50)} | ${short(p75)} … ${short(max)}, mean ${short(mean)}`,
      `${what}${short(min)} … ${short(p5)} … ${short(p25)} | ${short(p50)} | ${short(p75)} … ${short(p95)} … ${short(max)}, mean ${short(mean)} ± ${short(std)}`,
      `${what}${short(min)} … 1 %: ${short(p1)}, 5 %: ${short(p5)}, 25 %: ${short(p25)}, 50 %: ${short(p50)}, 75 %: ${short(p75)}, 95 %: ${short(p95)}, 99 %: ${short(p99)} … ${short(max)}, mean ${short(mean)} ± ${short(std)}`,
    ];
  }
  return column.top.map((_, i) => namedCategories(column, i + 1));
}

/** The last description that fits, or the shortest, cut. */
export function described(column: ProfileColumn, width: number): string {
  const all = descriptions(column);
  const fitting = all.filter((text) => places(text) <= width);
  return fitting.at(-1) ?? clip(all[0] ?? '', width);
}

function namedCategories({ top, rest, n }: ProfileColumn, shown: number): string {
  const named = top
    .slice(0, shown)
    .map(({ value, share }) => `"${clip(plain(value), 24)}" ${percent(share)}`);
  const others = rest + top.slice(shown).reduce((sum, each) => sum + each.n, 0);
  return others > 0 ? `${named.join(', ')}, others ${percent(others / Math.max(1, n))}` : named.join(', ');
}

/** `≥ 1,234` where it was counted on a part of the rows. */
export function distinctText({ distinct, distinct_exact }: ProfileColumn): string {
  return distinct === null ? '–' : `${distinct_exact ? '' : '≥ '}${distinct.toLocaleString('en-US')}`;
}
