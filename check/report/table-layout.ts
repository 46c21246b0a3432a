import type { CheckColumn } from '../../contract/check.ts';
import { percent, short } from './figures.ts';
import { clip, places, plain } from './text.ts';

/** Which columns the terminal has room for, and how wide each is; 0: left out. */
export interface Layout {
  readonly name: number;
  readonly status: number;
  readonly type: number;
  readonly score: number;
  readonly missing: number;
  readonly typical: number;
  readonly spark: number;
}

const GAP = 2;
/** As wide as the heads of their columns. */
const LEAST_SPARK = 'reference'.length;
const MOST_SPARK = 24;
const MOST_NAME = 40;

/**
 * Fills the width: name, status, score and both sparklines always; then missing shares (where any value is missing),
 * the type, and what is typical; what remains goes to names and sparklines.
 */
export function layoutOf(
  columns: readonly CheckColumn[],
  scores: readonly string[],
  title: string,
  width: number,
): Layout {
  const widest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, places(text)), 0);
  const score = widest([title, ...scores]);
  const status = 9;
  const longest = Math.max(6, widest(columns.map(({ name }) => plain(name).slice(0, 2 * MOST_NAME))));
  const wished = columns.reduce((most, column) => Math.max(most, barsOf(column)), 'reference'.length);
  let room = width - GAP - status - score - 2 * LEAST_SPARK - 4 * GAP;
  let name = Math.min(longest, Math.max(12, Math.min(20, room)));
  room -= name;
  const take = (wanted: number) => {
    if (wanted === 0 || room < wanted + GAP) return 0;
    room -= wanted + GAP;
    return wanted;
  };
  const someMissing = columns.some(({ missing }) => (missing.reference ?? 0) + (missing.current ?? 0) > 0);
  const missing = take(someMissing ? widest(['missing', ...columns.map(missingText)]) : 0);
  const type = take(widest(['type', ...columns.map((column) => column.type)]));
  const spark = LEAST_SPARK + Math.max(0, Math.min(Math.floor(room / 2), Math.min(wished, 16) - LEAST_SPARK));
  room -= 2 * (spark - LEAST_SPARK);
  const typical = take(Math.min(44, widest(['typical', ...columns.map(typicalText)])));
  const more = Math.max(0, Math.min(room, longest - name, MOST_NAME - name));
  name += more;
  room -= more;
  const wider = Math.max(0, Math.min(Math.floor(room / 2), Math.min(wished, MOST_SPARK) - spark));
  return { name, status, type, score, missing, typical, spark: spark + wider };
}

function barsOf({ bins, histogram }: CheckColumn): number {
  return Math.min(MOST_SPARK, histogram ? histogram.reference.length : bins.length);
}

/** `0 % → 2.1 %` */
export function missingText({ missing }: Pick<CheckColumn, 'missing'>): string {
  return `${percent(missing.reference)} → ${percent(missing.current)}`;
}

/** The mean of numbers, the most frequent category and its share; reference → current. Empty where nothing is typical. */
export function typicalText({ summary, bins }: Pick<CheckColumn, 'summary' | 'bins'>): string {
  if (summary.mean.reference !== null && summary.mean.current !== null)
    return `mean ${short(summary.mean.reference)} → ${short(summary.mean.current)}`;
  const named = bins.filter(({ kind }) => kind === 'category');
  const first = named[0];
  if (!first) return '';
  const share = (side: 'reference' | 'current') =>
    first[side] /
    Math.max(
      1,
      bins.reduce((all, bin) => all + (bin.kind === 'missing' ? 0 : bin[side]), 0),
    );
  const label = plain(first.label);
  return `"${clip(label, 20)}" ${percent(share('reference'))} → ${percent(share('current'))}`;
}
