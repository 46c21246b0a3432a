import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { moment } from '../../store/lake/moment.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';

/** Sums of the attributions of one feature, in one step of time and of one version. */
export interface AttributionSums {
  readonly feature: string;
  /** Start of the step, epoch milliseconds. */
  readonly time: number;
  readonly version: string;
  readonly n: number;
  readonly sum: number;
  /** Of the absolute values. */
  readonly size: number;
}

export interface AttributionRange {
  readonly from: number;
  readonly to: number;
  /** Length of a step, milliseconds. */
  readonly step: number;
  /** Predictions of the range, about: of many a sample is read. */
  readonly predictions: number;
}

/** Predictions that are looked at, about. */
const ROWS = 100_000;
/** Features that are told, those that weigh most. */
export const FEATURES = 50;
/** Versions that are kept apart; the rest counts with those that name none. */
const VERSIONS = 10;

/**
 * Attributions that came with predictions of a range, summed by feature, step and version. Of many predictions a sample is
 * read, the same one each time. Empty where none came.
 */
export async function readSentAttributions(
  ctx: Pick<Ctx, 'lake'>,
  model: Pick<ModelRow, 'table_name'>,
  { from, to, step, predictions }: AttributionRange,
): Promise<AttributionSums[]> {
  const every = Math.max(1, Math.floor(predictions / ROWS));
  const picked = `FROM ${modelTable(model.table_name)}
  WHERE _time >= ${moment('from')} AND _time < ${moment('to')} AND cityHash64(_id) % {every:UInt64} = 0 AND notEmpty(_attributions)`;
  return ctx.lake.query<AttributionSums>(
    `WITH
  (SELECT groupArray(v) FROM (SELECT toString(_version) AS v ${picked} GROUP BY v ORDER BY count() DESC, v LIMIT ${VERSIONS})) AS _own,
  (SELECT groupArray(k) FROM (SELECT attribution.1 AS k FROM (SELECT arrayJoin(CAST(_attributions, 'Array(Tuple(String, Float64))')) AS attribution ${picked}) WHERE isFinite(attribution.2) GROUP BY k ORDER BY sum(abs(attribution.2)) DESC, k LIMIT ${FEATURES})) AS _told
SELECT attribution.1 AS feature, intDiv(_ms, {step:Int64}) * {step:Int64} AS time, if(has(_own, _v), _v, '') AS version,
  count() AS n, sum(attribution.2) AS sum, sum(abs(attribution.2)) AS size
FROM (
  SELECT toUnixTimestamp64Milli(_time) AS _ms, toString(_version) AS _v, arrayJoin(CAST(_attributions, 'Array(Tuple(String, Float64))')) AS attribution
  ${picked}
)
WHERE has(_told, attribution.1) AND isFinite(attribution.2)
GROUP BY feature, time, version
ORDER BY feature, time, version`,
    { from, to, step, every },
  );
}
