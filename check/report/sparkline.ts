import type { CheckColumn } from '../../contract/check.ts';

const BARS = '▁▂▃▄▅▆▇█';

/** A column's counts as bars of eight heights, both tables on one scale of shares; an empty bar is a dot, so that a gap is seen. */
export function sparklines(column: Pick<CheckColumn, 'bins' | 'histogram'>, most: number): [string, string] {
  const drawn = drawnCounts(column, most);
  return [drawn.reference, drawn.current].map((counts) => bars(counts, drawn.tallest)) as [string, string];
}

/** One table's counts as bars. `sparkline([1, 4, 0], 3)` → '▂█·' */
export function sparkline(counts: readonly number[], most: number): string {
  const shares = toShares(counts.length > most ? merged(counts, most) : counts);
  return bars(shares, Math.max(...shares, 1e-9));
}

function drawnCounts({ bins, histogram }: Pick<CheckColumn, 'bins' | 'histogram'>, most: number) {
  // Missing and invalid values have figures of their own; they are no place on the axis.
  const places = bins.filter(({ kind }) => kind !== 'missing' && kind !== 'invalid');
  const side = (name: 'reference' | 'current') => {
    if (histogram) return toShares(merged(histogram[name], most));
    const counts = places.map((bin) => bin[name]);
    // The last places hold what is new or rare: it stays visible.
    return toShares(
      counts.length > most ? [...counts.slice(0, most - 1), sum(counts.slice(most - 1))] : counts,
    );
  };
  const [reference, current] = [side('reference'), side('current')];
  return { reference, current, tallest: Math.max(...reference, ...current, 1e-9) };
}

/** Neighbouring bars added, so that at most so many remain. */
function merged(counts: readonly number[], most: number): number[] {
  const size = Math.ceil(counts.length / most);
  return Array.from({ length: Math.ceil(counts.length / size) }, (_, i) =>
    sum(counts.slice(i * size, (i + 1) * size)),
  );
}

function toShares(counts: readonly number[]): number[] {
  const all = Math.max(1, sum(counts));
  return counts.map((count) => count / all);
}

function bars(shares: readonly number[], tallest: number): string {
  return shares
    .map((share) => (share === 0 ? '·' : BARS[Math.min(7, Math.floor((share / tallest) * 8))]))
    .join('');
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
