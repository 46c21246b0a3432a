import { STAGE_LEVELS, type StageSearch, type StoredStage } from '../../../contract/stage.ts';
import { epochMs, rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { pageFrom } from '../../page.ts';
import { moment } from '../../store/lake/moment.ts';
import { cursorOf, readCursor } from '../predictions/order.ts';

interface Row extends Omit<StoredStage, 'time' | 'version' | 'request_id' | 'trace_id'> {
  readonly at: number;
  readonly version: string;
  readonly request_id: string;
  readonly trace_id: string;
}

const MONTH_MS = 31 * 86_400_000;

/** Records of a model's pipeline, newest first; of the last 31 days, unless a range says otherwise. Errors: not_allowed, not_found, invalid_request. */
export async function searchStages(
  ctx: Ctx,
  id: string,
  query: StageSearch,
): Promise<{ items: StoredStage[]; next_cursor: string | null }> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const to = query.to === undefined ? undefined : epochMs(query.to);
  const from = query.from === undefined ? (to ?? ctx.clock()) - MONTH_MS : epochMs(query.from);
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const levels = STAGE_LEVELS.slice(query.level === undefined ? 0 : STAGE_LEVELS.indexOf(query.level));
  const rows = await ctx.lake.query<Row>(
    `SELECT event_id AS id, toUnixTimestamp64Milli(time) AS at, stage, level, message, version, request_id, trace_id, duration_ms,
       worked_rows AS rows, attributes FROM tiltmeter.stages
     WHERE model = {model:String} AND time >= ${moment('from')}
       ${to === undefined ? '' : `AND time < ${moment('to')}`}
       ${query.stage === undefined ? '' : 'AND stage = {stage:String}'}
       ${query.level === undefined ? '' : 'AND level IN {levels:Array(String)}'}
       ${query.q === undefined ? '' : 'AND positionCaseInsensitiveUTF8(message, {q:String}) > 0'}
       ${query.request_id === undefined ? '' : 'AND request_id = {request_id:String}'}
       ${query.trace_id === undefined ? '' : 'AND trace_id = {trace_id:String}'}
       ${after === undefined ? '' : `AND (time < ${moment('after')} OR (time = ${moment('after')} AND event_id < {after_id:String}))`}
     ORDER BY time DESC, event_id DESC LIMIT {limit:UInt64}`,
    {
      model: model.id,
      from: Math.trunc(from),
      limit: query.limit + 1,
      ...(to === undefined ? {} : { to: Math.trunc(to) }),
      ...(query.stage === undefined ? {} : { stage: query.stage }),
      ...(query.level === undefined ? {} : { levels }),
      ...(query.q === undefined ? {} : { q: query.q }),
      ...(query.request_id === undefined ? {} : { request_id: query.request_id }),
      ...(query.trace_id === undefined ? {} : { trace_id: query.trace_id }),
      ...(after === undefined ? {} : { after: after.time, after_id: after.id }),
    },
  );
  const page = pageFrom(rows, query.limit, (row) => cursorOf(Number(row.at), row.id));
  return {
    ...page,
    items: page.items.map(({ at, ...row }) => ({
      ...row,
      time: rfc3339(Number(at)),
      version: row.version || null,
      request_id: row.request_id || null,
      trace_id: row.trace_id || null,
    })),
  };
}
