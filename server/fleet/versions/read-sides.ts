import type { Ctx } from '../../context.ts';
import type { Profile } from '../../profiles/profile.ts';
import { readColumns, readProfiles } from '../../profiles/read/read-profiles.ts';

/** Profiles that are read of one version at most: of one that has more, only the newest part is told. */
const MOST_PROFILES = 100_000;
const TRAFFIC = ['_all'];

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Predictions of a version in all and per step. */
export interface VersionTraffic {
  readonly version: string;
  readonly n: number;
  readonly steps: ReadonlyMap<number, number>;
}

/** Traffic of every version of a range, those with most predictions first: there are at most 101. */
export async function trafficByVersion(
  ctx: Pick<Ctx, 'lake'>,
  range: Span & { readonly model: string },
  step: number,
): Promise<VersionTraffic[]> {
  const found = new Map<string, Map<number, number>>();
  const points = await readProfiles(ctx, { ...range, columns: TRAFFIC }, { step, byVersion: true });
  for (const { version, time, profile } of points)
    found.set(version, (found.get(version) ?? new Map<number, number>()).set(time, profile.n));
  return [...found]
    .map(([version, steps]) => ({ version, steps, n: [...steps.values()].reduce((sum, n) => sum + n, 0) }))
    .sort((a, b) => b.n - a.n || (a.version < b.version ? -1 : 1));
}

/** The steps in which something came, from the beginning of the first to the end of the last, within the range; null when nothing did. */
export function spanOf(
  steps: ReadonlyMap<number, number>,
  { from, to, step }: Span & { readonly step: number },
): Span | null {
  const times = [...steps].filter(([, n]) => n > 0).map(([time]) => time);
  if (times.length === 0) return null;
  return { from: Math.max(from, Math.min(...times)), to: Math.min(to, Math.max(...times) + step) };
}

/** A part of a stretch, and whether what was before it is left out. */
export interface Part extends Span {
  readonly cut: boolean;
}

/** The newest part of a stretch that has at most so many profiles. `newestPart({ from: 0, to: 10 }, 1, 25_000)` → { from: 6, to: 10, cut: true } */
export function newestPart({ from, to }: Span, bucketMs: number, perBucket: number): Part {
  const buckets = Math.max(1, Math.floor(MOST_PROFILES / Math.max(1, perBucket)));
  const newest = to - buckets * bucketMs;
  return { from: Math.max(from, newest), to, cut: newest > from };
}

/** Profiles of one version over a stretch, by column. */
export function readSide(
  ctx: Pick<Ctx, 'lake'>,
  of: Span & { readonly model: string; readonly version: string; readonly columns: readonly string[] },
  bucketMs: number,
): Promise<Map<string, Profile>> {
  const expected = ((of.to - of.from) / bucketMs) * of.columns.length;
  return readColumns(ctx, of, { expected });
}
