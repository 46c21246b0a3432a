import { gridOf } from '../../stats/asinh-grid.ts';
import { type Random, random, randomNormal } from '../../stats/random.ts';
import { binCounts } from '../../stats/reference-bins.ts';
import { categoricalProfile, MISFIT, numericProfile } from '../profiles/compute.ts';
import { EMPTY_PROFILE, type Profile } from '../profiles/profile.ts';
import { measure } from './judge/series/judgeable.ts';
import { settingsOf } from './judge/state/settings.ts';
import { columnBins, columnSubject, type History, trafficTrack } from './judge/windows/subjects.ts';
import type { Kind, Settings } from './kind.ts';
import type { ColumnSubject, Subject, TelemetrySubject } from './subject.ts';
import { Track } from './track.ts';

export const HOUR = 3_600_000;
export const MODEL = { bucket_ms: HOUR, window_ms: 24 * HOUR };

export { MISFIT };
export type Cell = number | string | null | typeof MISFIT;

/** `n` draws of a standard normal number, moved and stretched. */
export function normal(n: number, mean = 0, sigma = 1, seed = 1): number[] {
  const next = random(seed);
  return Array.from({ length: n }, () => mean + sigma * randomNormal(next));
}

/** `n` draws from categories by their shares. */
export function draws(n: number, shares: Record<string, number>, seed = 1): string[] {
  const next: Random = random(seed);
  const names = Object.keys(shares);
  return Array.from({ length: n }, () => {
    const u = next();
    let below = 0;
    for (const name of names) {
      below += shares[name]!;
      if (u < below) return name;
    }
    return names.at(-1)!;
  });
}

/** Puts `extra` in place of the first share of the cells. */
export function replaced(cells: readonly Cell[], share: number, extra: Cell): Cell[] {
  const many = Math.round(cells.length * share);
  return cells.map((cell, i) => (i < many ? extra : cell));
}

/** A column whose reference is `reference` and whose hours hold the cells given. */
export function columnOf(
  reference: readonly Cell[] | null,
  hours: readonly (readonly Cell[])[],
  type: 'numeric' | 'categorical' = 'numeric',
): ColumnSubject {
  const numbers = (reference ?? []).filter((cell) => typeof cell === 'number');
  const grid = gridOf(numbers);
  const profile = (cells: readonly Cell[]): Profile =>
    type === 'numeric'
      ? numericProfile(cells as (number | null)[], grid)
      : categoricalProfile(cells as (string | null)[]);
  const known = reference === null ? undefined : profile(reference);
  const bins = columnBins(type, known);
  const history = new Map(
    hours.flatMap((cells, i) =>
      cells.length > 0 ? [[i * HOUR, binCounts(profile(cells), bins)] as const] : [],
    ),
  );
  const all: History = new Map(hours.map((cells, i) => [i * HOUR, { ...EMPTY_PROFILE, n: cells.length }]));
  const span = { start: 0, bucketMs: HOUR, buckets: hours.length };
  return columnSubject({ ...span, traffic: trafficTrack(span, all) }, 'x', bins, history, known);
}

/** The default settings of a kind for an hourly model with a window of a day. */
export function defaultsOf(kind: Kind, metric?: string): Settings {
  return settingsOf(kind, metric === undefined ? {} : { metric }, MODEL).settings;
}

/** What a kind says of the last bucket, at its default settings. */
export function judgeLast(kind: Kind, subject: Subject & { buckets?: number }, metric?: string) {
  return measure(kind, subject, subject.traffic.buckets - 1, defaultsOf(kind, metric));
}

/** A metric of telemetry, hour by hour, of so many points or requests each. */
export function telemetryOf(metric: string, values: readonly number[], n = 10): TelemetrySubject {
  return {
    source: 'telemetry',
    ...{ start: 0, bucketMs: HOUR },
    traffic: Track.of(1, values.length, () => [1]),
    point(wanted, index) {
      const value = wanted === metric ? values[index] : undefined;
      return value === undefined ? undefined : { value, n };
    },
  };
}
