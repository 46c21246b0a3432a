import type { Ctx } from '../context.ts';

/** A value of a quality metric of the whole model, as known now. */
export interface QualityPoint {
  readonly model: string;
  readonly metric: string;
  readonly at: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

/** The newest `points` values of each quality metric, by model. */
export async function readQuality(
  ctx: Pick<Ctx, 'lake'>,
  models: readonly string[],
  points: number,
): Promise<Map<string, QualityPoint[]>> {
  if (models.length === 0) return new Map();
  const rows = await ctx.lake.query<QualityPoint>(
    `SELECT model, metric, at, newest.1 AS value, newest.2 AS low, newest.3 AS high, newest.4 AS n
     FROM (
       SELECT model, metric, toUnixTimestamp64Milli(time) AS at, argMaxIf(tuple(value, low, high, n), known_at, value IS NOT NULL) AS newest
       FROM tiltmeter.signals
       WHERE model IN ({models:Array(String)}) AND kind = 'performance' AND column = '' AND segment = '' AND version = ''
       GROUP BY model, metric, at ORDER BY model, metric, at DESC LIMIT {points:UInt64} BY model, metric
     )
     ORDER BY model, metric, at DESC`,
    { models: [...models], points },
  );
  return Map.groupBy(rows, ({ model }) => model);
}
