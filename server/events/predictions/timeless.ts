import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';

/** Predictions that are looked at. */
const SAMPLE = 20_000;
/** Fewer say nothing: a service that sends one prediction at a time need not say when that is. */
const FEWEST = 100;
/** A request takes no longer to be stored. */
const NEAR_MS = 10_000;
/** So many to a millisecond were not made one after the other: they were stamped together when they came. */
const TOGETHER = 20;

/**
 * Whether predictions came in bulk without their time, so that they bear the moment at which they were received: how many
 * of those looked at, or null when they did not. Looks at no more than 20,000 of those from the event time `since` on.
 */
export async function timelessPredictions(
  ctx: Pick<Ctx, 'lake'>,
  table: string,
  since: number,
): Promise<{ n: number; of: number } | null> {
  const [row] = await ctx.lake.query<{ n: number; near: number; moments: number }>(
    `SELECT count() AS n, countIf(abs(received - at) <= {near:Int64}) AS near, uniqExactIf(at, abs(received - at) <= {near:Int64}) AS moments
FROM (
  SELECT toUnixTimestamp64Milli(_time) AS at, toUnixTimestamp64Milli(_received_at) AS received
  FROM ${modelTable(table)}
  WHERE _time >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
  LIMIT {limit:UInt64}
)`,
    { since, limit: SAMPLE, near: NEAR_MS },
  );
  return timeless(row ?? { n: 0, near: 0, moments: 0 });
}

/** The decision. Pure. `timeless({ n: 8000, near: 8000, moments: 9 })` → { n: 8000, of: 8000 } */
export function timeless({
  n,
  near,
  moments,
}: {
  readonly n: number;
  readonly near: number;
  readonly moments: number;
}): { n: number; of: number } | null {
  return near >= FEWEST && near * 2 > n && near >= moments * TOGETHER ? { n: near, of: n } : null;
}
