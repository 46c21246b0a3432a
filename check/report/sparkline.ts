import type { CheckBin } from '../../contract/check.ts';

const BARS = '▁▂▃▄▅▆▇█';

/** Shares of one table's bins as bars of eight heights; an empty bin is a dot, so that a gap is seen. */
export function sparkline(bins: readonly CheckBin[], side: 'reference' | 'current', most = 16): string {
  const regular = bins.slice(0, most);
  const total = (which: 'reference' | 'current') =>
    Math.max(
      1,
      regular.reduce((sum, bin) => sum + bin[which], 0),
    );
  const tallest = Math.max(
    ...regular.flatMap((bin) => [bin.reference / total('reference'), bin.current / total('current')]),
    1e-9,
  );
  return regular
    .map((bin) => {
      const height = bin[side] / total(side) / tallest;
      return bin[side] === 0 ? '·' : BARS[Math.min(7, Math.floor(height * 8))];
    })
    .join('');
}
