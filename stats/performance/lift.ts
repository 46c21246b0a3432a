import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import { proportion } from '../intervals/proportion.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { type LabelledScores, type ScoreCell, scoreCells } from './score-cells.ts';

/**
 * Lift of the best-scored share of rows: how many times more positives it holds than the same number of rows drawn blindly, in [0, 1 / share];
 * 1 = no use. A tie across the cut counts in proportion. 95 % interval by the delta method on the log scale under multinomial
 * sampling (Wilson's bound when the share holds no positive). `not_enough_data` without rows or when the share is less
 * than one row, `single_class` without positives.
 * @param share Of all rows, in (0, 1].
 * @throws RangeError when the share is outside (0, 1].
 * Source: Ling and Li 1998, Data mining for direct marketing.
 * @example lift(scoreRanks({ label: [1, 0, 0, 0], score: [4, 3, 2, 1] }), 0.25).value // 4
 */
export function lift(scores: LabelledScores, share = 0.1): Outcome<Estimate> {
  if (!(share > 0 && share <= 1)) throw new RangeError('share must be in (0, 1]');
  const cells = scoreCells(scores).reverse();
  const positives = cells.reduce((sum, { positive }) => sum + positive, 0);
  const n = positives + cells.reduce((sum, { negative }) => sum + negative, 0);
  const top = share * n;
  if (!(top >= 1)) return { reason: 'not_enough_data' };
  if (positives === 0) return { reason: 'single_class' };
  let taken = 0;
  let found = 0;
  for (const { positive, negative } of cells) {
    const part = Math.min(1, (top - taken) / (positive + negative));
    if (part <= 0) break;
    taken += part * (positive + negative);
    found += part * positive;
  }
  const base = positives / n;
  const value = Math.min(1 / share, found / top / base);
  if (found === 0) {
    const bound = proportion(0, top);
    return { value: 0, low: 0, high: 'high' in bound ? Math.min(1 / share, bound.high / base) : 1 / share };
  }
  // The cut moves with the rows above it: a row more in the top pushes another out, which is positive as often as rows next to the cut.
  const next = shareBetween(cells, top / 2, Math.min(n, 1.5 * top));
  const [above, below] = [(-next * (1 - share)) / found, (next * share) / found];
  const variance =
    found * (1 / found + above - 1 / positives) ** 2 +
    (top - found) * above ** 2 +
    (positives - found) * (below - 1 / positives) ** 2 +
    Math.max(0, n - top - positives + found) * below ** 2;
  const reach = Math.exp(Z_TWO_SIDED_95 * Math.sqrt(variance));
  return { value, low: value / reach, high: Math.min(1 / share, value * reach) };
}

/** The share of positives among the rows of these ranks, from the top. */
function shareBetween(cells: readonly ScoreCell[], from: number, to: number): number {
  let [before, rows, found] = [0, 0, 0];
  for (const { positive, negative } of cells) {
    const n = positive + negative;
    const part = Math.max(0, Math.min(to, before + n) - Math.max(from, before));
    rows += part;
    found += (part / n) * positive;
    before += n;
  }
  return rows > 0 ? found / rows : 0;
}
