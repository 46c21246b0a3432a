import type { Ctx } from '../context.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { BucketSize } from './chunks.ts';
import { chunkParams } from './plan.ts';
import { bucketSizes, type TouchedBucket, touchedBuckets } from './queries/dirty-buckets.ts';
import { predictionsTable } from './queries/table.ts';

/**
 * A row may become visible this long after it was stamped as received: the way in tries an insert again for minutes
 * before it gives up. So each look goes back this far behind the last one.
 */
export const MARGIN_MS = 300_000;

/** What this process saw of a model when it last looked: the checksum of each bucket's arrivals from `since` on. */
interface Look {
  readonly since: number;
  readonly checksums: ReadonlyMap<string, string>;
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

/** The buckets of a model in which anything arrived since the last look, with their sizes; ascending. */
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
  const sizes =
    buckets.length === 0
      ? []
      : await ctx.lake.query<BucketSize>(bucketSizes(table), { ...chunkParams(model, { buckets }) });
  const checksums = new Map(touched.map(({ bucket, later_checksum }) => [String(bucket), later_checksum]));
  const done = () => looks.set(ctx.lake, ofLake.set(id, { since: later, checksums }));
  return { sizes, done };
}
