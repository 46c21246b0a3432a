import type { Ctx } from '../context.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { BucketSize } from './chunks.ts';
import { due, type RolledUp } from './due.ts';
import { chunkParams } from './plan.ts';
import { bucketSizes, type TouchedBucket, touchedBuckets } from './queries/dirty-buckets.ts';
import { predictionsTable } from './queries/table.ts';

/**
 * A row may become visible this long after it was stamped as received: the way in tries an insert again for minutes
 * before it gives up. So each look goes back this far behind the last one.
 */
export const MARGIN_MS = 300_000;

/** What this process saw of a model when it last looked: the checksum of each done bucket's arrivals from `since` on. */
interface Look {
  readonly since: number;
  readonly checksums: ReadonlyMap<string, string>;
  /** Buckets that were recomputed since this process began to look, while they may be filling. */
  readonly rolledUp: ReadonlyMap<number, RolledUp>;
}

/**
 * Only saves work: without it, after a start or when another server looked in between, buckets of the margin are done
 * once more.
 */
const looks = new WeakMap<Ctx['lake'], Map<string, Look>>();

export interface Dirty {
  readonly sizes: readonly BucketSize[];
  /** To be called when the buckets are done and `rolled_up_to` is `now`. */
  readonly done: () => void;
}

/** The buckets of a model that are to be recomputed, since something arrived after the last look; with their sizes, ascending. */
export async function dirtyBuckets(ctx: Pick<Ctx, 'lake'>, model: ModelRow, now: number): Promise<Dirty> {
  const since = Math.max(0, Math.min(model.rolled_up_to, now) - MARGIN_MS);
  const later = Math.max(0, now - MARGIN_MS);
  const { id, bucket_ms, table_name } = model;
  const table = predictionsTable(table_name);
  const touched = await ctx.lake.query<TouchedBucket>(touchedBuckets(table), {
    model: id,
    bucket_ms,
    since,
    later,
  });
  const ofLake = looks.get(ctx.lake) ?? new Map<string, Look>();
  const last = ofLake.get(id);
  const known = last?.since === since && model.rolled_up_to > 0 ? last.checksums : new Map<string, string>();
  const buckets = touched
    .filter(({ bucket, checksum }) => known.get(String(bucket)) !== checksum)
    .map(({ bucket }) => bucket);
  const changed =
    buckets.length === 0
      ? []
      : await ctx.lake.query<BucketSize>(bucketSizes(table), { ...chunkParams(model, { buckets }) });
  const before = model.rolled_up_to > 0 ? last?.rolledUp : undefined;
  const sizes = changed.filter((size) => due(size, before?.get(size.bucket), bucket_ms, now));
  const putOff = new Set(changed.filter((size) => !sizes.includes(size)).map(({ bucket }) => bucket));
  const checksums = new Map(
    touched
      .filter(({ bucket }) => !putOff.has(bucket))
      .map(({ bucket, later_checksum }) => [String(bucket), later_checksum]),
  );
  const states = [
    ...(before ?? []),
    ...sizes.map(({ bucket, rows }) => [bucket, { rows, at: now }] as [number, RolledUp]),
  ];
  const rolledUp = new Map(states.filter(([bucket]) => bucket + bucket_ms > now));
  const done = () => looks.set(ctx.lake, ofLake.set(id, { since: later, checksums, rolledUp }));
  return { sizes, done };
}
