import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import type { Settings } from '../kind.ts';
import type { Window } from '../track.ts';

/** The newest part of a window that is told by itself. */
export interface Stretch<Score> extends Window {
  readonly score: Score;
}

/**
 * The shortest newest part of the window that is further from the reference than the threshold, for certain; where parts of that length were, too, in the
 * window before it, by the threshold further than any of them: what comes at the same hours every day is no change. One to half as many buckets as
 * the window (1, 2, 3, 4, 6, 8, 12 …), with `minN` rows at least; null when there is none, or nothing to compare with. It looks at one window and a half.
 * `distance` of a part from the reference: its value, and `low` at the bound of the decision.
 */
export function newStretch<Score extends Estimate>(
  count: (from: number, to: number) => number,
  index: number,
  { window, minN, threshold }: Pick<Settings, 'window' | 'minN' | 'threshold'>,
  distance: (part: Window) => Outcome<Score>,
): Stretch<Score> | null {
  const to = index + 1;
  for (const length of lengthsTo(Math.floor(window / 2))) {
    const from = to - length;
    if (from - window < 0) return null;
    const part = { from, to, n: count(from, to) };
    if (part.n < minN) continue;
    const score = distance(part);
    if ('reason' in score || score.low <= threshold) continue;
    const usual = farthest(count, { from: from - window, to: from }, length, minN, distance);
    const known = usual !== null && (usual <= threshold || score.low - usual > threshold);
    if (known) return { ...part, score };
  }
  return null;
}

/** `lengthsTo(9)` → 1, 2, 3, 4, 6, 8 */
function lengthsTo(most: number): number[] {
  const lengths: number[] = [];
  for (let power = 1; power <= most; power *= 2) lengths.push(power, ...(power > 1 ? [1.5 * power] : []));
  return lengths.filter((length) => length <= most);
}

/** How far from the reference the farthest part of that length was; null where none holds enough. */
function farthest(
  count: (from: number, to: number) => number,
  past: { readonly from: number; readonly to: number },
  length: number,
  minN: number,
  distance: (part: Window) => Outcome<Estimate>,
): number | null {
  let most: number | null = null;
  for (let from = past.from; from + length <= past.to; from++) {
    const part = { from, to: from + length, n: count(from, from + length) };
    const score = part.n < minN ? null : distance(part);
    if (score !== null && 'value' in score) most = Math.max(most ?? 0, score.value);
  }
  return most;
}
