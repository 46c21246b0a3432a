import type { AlertState } from '../../contract/alert.ts';
import { CORRECTED, type Episode, type JudgedAnew, type Line } from './episodes.ts';
import { isWorse } from './series.ts';

export type CorrectedLine = Line & { readonly correction: boolean };

export interface Correction {
  /** What is to be told: first what is taken back, then the rest in order of time. */
  readonly lines: readonly CorrectedLine[];
  /** Name under which the episode that goes on was told; null when nothing fires. */
  readonly since: number | null;
}

/** Where a series stands as known now, after the last bucket that was judged again. */
export interface Standing {
  readonly state: AlertState;
  readonly reason: string;
  /** Start of that bucket. */
  readonly time: number;
}

/**
 * What is told when buckets were judged again and the episodes are now others than `told`. Episodes that overlap are one
 * and the same: of them only an end that moved is told, or that it was worse. One that never was is taken back; one that
 * nobody was told of is told like any other. Pure.
 */
export function correctionsOf(
  told: readonly Episode[],
  now: readonly Episode[],
  standing: Standing,
): Correction {
  const lines: CorrectedLine[] = [];
  const retractions: CorrectedLine[] = [];
  const names = new Set(told.map(({ since }) => since));
  let since: number | null = null;
  for (const { was, is } of together(told, now)) {
    const [before, after] = [was.at(-1), is.at(-1)];
    if (after === undefined) retractions.push(...was.map((episode) => takenBack(episode, standing)));
    else if (before !== undefined) lines.push(...moved(before, after, standing));
    for (const episode of before === undefined ? is : []) {
      const name = unused(names, episode.since);
      lines.push(...news(episode, name));
      if (isOpen(episode)) since = name;
    }
    if (before && after && isOpen(after)) since = before.since;
  }
  return { lines: [...retractions, ...lines.sort((a, b) => a.time - b.time)], since };
}

/** No two episodes that a reader knows have one name, however they moved since they were told. */
function unused(names: Set<number>, since: number): number {
  let name = since;
  while (names.has(name)) name += 1;
  names.add(name);
  return name;
}

const isOpen = ({ endedAt }: Episode) => endedAt === Number.POSITIVE_INFINITY;

/** Told and true episodes that overlap, in groups; in each the one that ends last is last. */
function together(told: readonly Episode[], now: readonly Episode[]): { was: Episode[]; is: Episode[] }[] {
  const all = [
    ...told.map((episode) => ({ episode, told: true })),
    ...now.map((episode) => ({ episode, told: false })),
  ].sort((a, b) => a.episode.firedAt - b.episode.firedAt);
  const groups: { was: Episode[]; is: Episode[] }[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const { episode, told } of all) {
    if (groups.length === 0 || episode.firedAt >= end) groups.push({ was: [], is: [] });
    const group = groups.at(-1)!;
    (told ? group.was : group.is).push(episode);
    end = Math.max(end, episode.endedAt);
  }
  return groups;
}

function news({ begin, end, peak }: Episode, since: number): CorrectedLine[] {
  if (begin === null) return [];
  const told = { ...begin, since, correction: false };
  return end === null ? [{ ...told, peak }] : [told, { ...end, since, correction: false }];
}

function takenBack(episode: Episode, { state, time }: Standing): CorrectedLine {
  const { since, end, peak } = episode;
  const from = end?.to ?? 'firing';
  const to = state === 'firing' ? 'ok' : state;
  return { from, to, reason: CORRECTED, time, since, peak, correction: true };
}

/** What is told when all that was told of a series is taken back. */
export function allTakenBack(
  told: readonly Episode[],
  { time }: { time: number },
  reason: JudgedAnew,
): CorrectedLine[] {
  const standing: Standing = { state: 'no_data', reason, time };
  return told.map((episode) => ({ ...takenBack(episode, standing), reason }));
}

function moved(before: Episode, after: Episode, { reason, time }: Standing): CorrectedLine[] {
  const { since } = before;
  if (before.endedAt === after.endedAt) {
    if (!isOpen(after) || !isWorse(after.peak, before.peak)) return [];
    return [{ from: 'firing', to: 'firing', reason, time, since, peak: after.peak, correction: false }];
  }
  const peak = after.peak ?? before.peak;
  if (after.end === null)
    return [{ from: before.end?.to ?? 'ok', to: 'firing', reason, time, since, peak, correction: true }];
  const known = before.end !== null;
  return [{ ...after.end, from: before.end?.to ?? 'firing', since, peak, correction: known }];
}
