import type { AlertState } from '../../contract/alert.ts';
import type { Peak } from './series.ts';

/** A line of the history of one series, as the decision log has it. */
export interface Line {
  readonly from: AlertState | null;
  readonly to: AlertState;
  readonly reason: string;
  readonly time: number;
  readonly since: number;
  readonly peak: Peak | null;
  readonly correction?: boolean;
}

/** A stretch of event time in which an alert fired. */
export interface Episode {
  /** When the trouble began, as it was first told: the name of the episode. */
  readonly since: number;
  /** When it fired; minus infinity when it fired already before what is looked at. */
  readonly firedAt: number;
  /** When it ceased to fire; infinity while it goes on. */
  readonly endedAt: number;
  /** The lines that opened it and that say how it ended, where they are among those looked at. */
  readonly begin: Line | null;
  readonly end: Line | null;
  /** The worst that is told of it. */
  readonly peak: Peak | null;
}

/** The reason of a line that takes an episode back: as known now it never was. */
export const CORRECTED = 'corrected';

/** Reasons of lines that take an episode back: what it was judged as is something else now, and all is judged anew. */
export const JUDGED_ANEW = ['task_changed', 'positive_class_changed', 'reference_chosen'] as const;
export type JudgedAnew = (typeof JUDGED_ANEW)[number];

/** Whether a correction for this reason takes back what was told. `takesBack('corrected')` → true */
export function takesBack(reason: string): boolean {
  return reason === CORRECTED || JUDGED_ANEW.some((each) => each === reason);
}

const FOREVER = Number.POSITIVE_INFINITY;

/**
 * The episodes that the lines of one series tell, in order of time; the lines in the order in which they were told. `open`: the name of the one that fires before the first line.
 * `episodesOf(null, [line({ from: 'ok', to: 'firing', time: 3, since: 2 })])` → one since 2, from 3 on
 */
export function episodesOf(open: number | null, lines: readonly Line[]): Episode[] {
  const told: Episode[] = [];
  const begun = (since: number, firedAt: number, begin: Line | null) =>
    told.push({ since, firedAt, endedAt: FOREVER, begin, end: null, peak: begin?.peak ?? null });
  if (open !== null) begun(open, Number.NEGATIVE_INFINITY, null);
  for (const line of lines) {
    const { from, to, reason, time, since, peak, correction = false } = line;
    const at = told.findLastIndex((episode) => episode.since === since);
    const episode = told[at];
    if (to === 'firing' && from !== 'firing' && !correction) {
      if (episode === undefined) begun(since, time, line);
      continue;
    }
    if (episode === undefined) continue;
    const worst = { peak: peak ?? episode.peak };
    if (correction && takesBack(reason)) told.splice(at, 1);
    else if (to === 'firing') told[at] = { ...episode, ...worst, endedAt: FOREVER, end: null };
    else if (from === 'firing' || correction) told[at] = { ...episode, ...worst, endedAt: time, end: line };
  }
  return told.sort((a, b) => a.firedAt - b.firedAt);
}
