import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import type { Settings } from '../kind.ts';
import type { Window } from '../track.ts';

/** The newest part of a window that is told by itself. */
export interface Stretch<Score> extends Window {
  readonly score: Score;
}

/**
 * The shortest newest part of the window that is further from the reference than the threshold, for certain; where parts of that length were, too, in the
 * window before it, by the threshold further than any of them: what comes at the same hours every day is no change. Parts of a rise that goes on into this one do
 * not count among them: a shift that comes bit by bit is no more usual for having begun. One to half as many buckets as
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
    const farAt = (part: number) => distanceOf(count, { from: part - length, to: part }, minN, distance);
    const calm = riseBefore(from, Math.floor(window / 2), (part) => (farAt(part) ?? 0) > threshold);
    const usual = farthest(from - window + length, calm, farAt);
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

/**
 * Where the rise began that goes on at `to`: parts that end behind it are far off without a break. `to` itself where the part before it is not, and where all within
 * `most` buckets are: what is far off that long is usual.
 * @example riseBefore(20, 12, (end) => end > 16) // 16
 */
function riseBefore(to: number, most: number, isFar: (end: number) => boolean): number {
  for (let end = to; end >= to - most; end--) if (!isFar(end)) return end;
  return to;
}

/** How far from the reference the farthest part is of those that end in `first` … `last`; null where none holds enough. */
function farthest(first: number, last: number, farAt: (end: number) => number | null): number | null {
  let most: number | null = null;
  for (let end = first; end <= last; end++) {
    const far = farAt(end);
    if (far !== null) most = Math.max(most ?? 0, far);
  }
  return most;
}

/** How far a part is from the reference; null where it holds too little. */
function distanceOf(
  count: (from: number, to: number) => number,
  { from, to }: Pick<Window, 'from' | 'to'>,
  minN: number,
  distance: (part: Window) => Outcome<Estimate>,
): number | null {
  const part = { from, to, n: count(from, to) };
  const score = part.n < minN ? null : distance(part);
  return score !== null && 'value' in score ? score.value : null;
}
