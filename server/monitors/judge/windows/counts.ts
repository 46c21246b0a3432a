import type { Ctx } from '../../../context.ts';
import { type BucketCount, readCounts } from '../../../profiles/read/read-counts.ts';
import type { Settings } from '../../kind.ts';
import { Track, widen } from '../../track.ts';
import type { Stretch } from '../plan/stretches.ts';
import type { Span } from './subjects.ts';

/** How much there was in each bucket, which is what windows are made by. */
export interface Counts extends Span {
  /** Values of a column; of `_all` the predictions. */
  of(column: string): Track;
}

/** Counts of columns in a stretch, in one look. */
export async function countsOf(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  columns: readonly string[],
  { from, to, bucketMs, segment = '' }: Stretch & { readonly bucketMs: number; readonly segment?: string },
): Promise<Counts> {
  const span = { start: from, bucketMs, buckets: (to - from) / bucketMs };
  return countsFrom(span, await readCounts(ctx, { model, segment, columns, from, to }));
}

/** Counts that were read. Pure. */
export function countsFrom(
  span: Span,
  read: Iterable<Pick<BucketCount, 'column' | 'time' | 'n' | 'values'>>,
): Counts {
  const found = new Map<string, Map<number, number>>();
  for (const { column, time, n, values } of read) {
    const own = found.get(column) ?? new Map<number, number>();
    found.set(column, own.set(time, (own.get(time) ?? 0) + (column === '_all' ? n : values)));
  }
  const tracks = new Map<string, Track>();
  const of = (column: string) => {
    const own = found.get(column);
    const track =
      tracks.get(column) ??
      Track.of(1, span.buckets, (bucket) => {
        const count = own?.get(span.start + bucket * span.bucketMs);
        return count === undefined ? undefined : [count];
      });
    tracks.set(column, track);
    return track;
  };
  return { ...span, of };
}

/** How far back the windows of a monitor may reach. */
export type Reach = Pick<Settings, 'window' | 'minN' | 'maxWindow' | 'steadyWindow'>;

/** The window that ends with a bucket at its widest. */
function windowFrom(track: Track, index: number, { window, minN, maxWindow, steadyWindow }: Reach): number {
  const { from } = widen((a, b) => track.total(a, b), index, window, minN, maxWindow);
  return Math.max(0, Math.min(from, index + 1 - steadyWindow));
}

/** The first bucket that any window of the buckets `from` … `to` − 1 looks at. */
export function earliestNeeded(track: Track, from: number, to: number, reaches: readonly Reach[]): number {
  let earliest = from;
  for (const reach of distinct(reaches))
    for (let index = from; index < to; index++)
      earliest = Math.min(earliest, windowFrom(track, index, reach));
  return earliest;
}

/** The buckets from `from` to `to` − 1 of which some window holds a bucket that `changed`. */
export function reached(
  track: Track,
  from: number,
  to: number,
  reaches: readonly Reach[],
  changed: (from: number, to: number) => boolean,
): number[] {
  const all = distinct(reaches);
  const found: number[] = [];
  for (let index = from; index < to; index++)
    if (all.some((reach) => changed(windowFrom(track, index, reach), index + 1))) found.push(index);
  return found;
}

function distinct(reaches: readonly Reach[]): Reach[] {
  const keyed = reaches.map((reach) => {
    const { window, minN, maxWindow, steadyWindow } = reach;
    return [[window, minN, maxWindow, steadyWindow].join(), reach] as const;
  });
  return [...new Map(keyed).values()];
}
