import type { Ctx } from '../../context.ts';
import { predictionsTable } from '../../profiles/queries/table.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { type Watermark, watermark } from './watermark.ts';

/** A batch may be stored after one that was sent later; what came in the last seconds does not move the watermark. */
const SETTLE_MS = 5_000;

/** The stretch of event time in which a profile exists, and when it was last computed. Epoch milliseconds. */
export interface ProfileHead {
  readonly column: string;
  readonly first: number;
  readonly last: number;
  readonly revision: number;
}

/** Which profiles a model has in production, by name. */
export async function profileHeads(ctx: Pick<Ctx, 'lake'>, model: string): Promise<Map<string, ProfileHead>> {
  const rows = await ctx.lake.query<ProfileHead>(
    `SELECT column, toUnixTimestamp64Milli(min(time)) AS first, toUnixTimestamp64Milli(max(time)) AS last,
  toUnixTimestamp64Milli(max(revision)) AS revision
FROM tiltmeter.profiles
WHERE model = {model:String} AND source = '' AND n > 0
GROUP BY column`,
    { model },
  );
  return new Map(rows.map((row) => [row.column, row]));
}

/** Up to which event time the buckets of a model are complete. `head`: start of the newest bucket with predictions. */
export async function readWatermark(
  ctx: Pick<Ctx, 'lake' | 'clock'>,
  model: Pick<ModelRow, 'table_name' | 'rolled_up_to' | 'bucket_ms'>,
  head: number,
): Promise<Watermark & { readonly newestEvent: number }> {
  const now = ctx.clock();
  const [row] = await ctx.lake.query<{ settled: number; event: number; received: number }>(
    `SELECT countIf(in_time) AS settled,
  toUnixTimestamp64Milli(maxIf(_time, in_time)) AS event, toUnixTimestamp64Milli(max(_received_at)) AS received
FROM (
  SELECT _time, _received_at, _received_at <= fromUnixTimestamp64Milli({cutoff:Int64}, 'UTC') AS in_time
  FROM ${predictionsTable(model.table_name)}
  WHERE _time >= fromUnixTimestamp64Milli({head:Int64}, 'UTC')
)`,
    { head, cutoff: Math.min(model.rolled_up_to, now - SETTLE_MS) },
  );
  // Everything in the newest bucket is too fresh to count: the bucket before it is as far as is known.
  const newestEvent = row && row.settled > 0 ? row.event : head - 1;
  const lastReceived = row && row.received > 0 ? row.received : head;
  return { ...watermark({ now, bucketMs: model.bucket_ms, newestEvent, lastReceived }), newestEvent };
}
