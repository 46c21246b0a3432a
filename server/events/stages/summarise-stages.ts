import { STAGES, type Stage, type StageSummaries, type StageSummary } from '../../../contract/stage.ts';
import { rfc3339, type TimeInput } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { STEP, stageRange, WITHIN } from './range.ts';

interface Row {
  readonly stage: Stage;
  readonly step: number;
  readonly records: number;
  readonly errors: number;
  readonly rows: number | null;
  readonly timed: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly newest: number;
  /** 1: of the whole range. */
  readonly whole: number;
}

/** How each part of a model's pipeline does: volume, errors, latency, freshness. The last day unless said otherwise. Errors: not_allowed, not_found. */
export async function summariseStages(
  ctx: Ctx,
  id: string,
  asked: { readonly from?: TimeInput | undefined; readonly to?: TimeInput | undefined },
): Promise<StageSummaries> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const now = ctx.clock();
  const { from, to, stepMs } = stageRange(asked, now);
  const rows = await ctx.lake.query<Row>(
    `SELECT stage, ${STEP} AS step, grouping(step) AS whole, count() AS records, countIf(level IN ('error', 'fatal')) AS errors,
       if(count(worked_rows) = 0, NULL, sum(worked_rows)) AS rows, count(duration_ms) AS timed,
       quantileTDigest(0.5)(duration_ms) AS p50, quantileTDigest(0.95)(duration_ms) AS p95, toUnixTimestamp64Milli(max(time)) AS newest
     FROM tiltmeter.stages WHERE model = {model:String} AND ${WITHIN}
     GROUP BY GROUPING SETS ((stage, step), (stage)) ORDER BY stage, step`,
    { model: model.id, from, to, step: stepMs },
  );
  const items = STAGES.flatMap((stage) => {
    const own = rows.filter((row) => row.stage === stage);
    const whole = own.find((row) => Number(row.whole) === 1);
    return whole === undefined ? [] : [told(whole, own, { from, stepMs, now })];
  });
  return { from: rfc3339(from), to: rfc3339(to), step_ms: stepMs, items };
}

function told(
  whole: Row,
  rows: readonly Row[],
  { from, stepMs, now }: { readonly from: number; readonly stepMs: number; readonly now: number },
): StageSummary {
  const n = Number(whole.timed);
  return {
    stage: whole.stage,
    records: Number(whole.records),
    errors: Number(whole.errors),
    rows: whole.rows,
    duration: n === 0 ? null : { n, p50: whole.p50!, p95: whole.p95! },
    last: rfc3339(Number(whole.newest)),
    age_ms: Math.max(0, now - Number(whole.newest)),
    points: rows
      .filter((row) => row !== whole)
      .map((row) => ({
        time: rfc3339(from + Number(row.step) * stepMs),
        records: Number(row.records),
        errors: Number(row.errors),
        rows: row.rows,
        p95: Number(row.timed) === 0 ? null : row.p95,
      })),
  };
}
