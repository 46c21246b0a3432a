import type { StoredChange } from '../../contract/change.ts';
import { epochMs, rfc3339, type TimeInput } from '../../contract/time.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { pageFrom } from '../page.ts';
import { moment } from '../store/lake/moment.ts';
import { cursorOf, readCursor } from './predictions/order.ts';

export interface ChangeQuery {
  /** Changes of this model and those that name none; all when absent. */
  readonly model?: string | undefined;
  readonly from?: TimeInput | undefined;
  readonly to?: TimeInput | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Row {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly title: string;
  readonly model: string;
  readonly version: string;
  readonly url: string;
}

/** Deployments and other changes, newest first. */
export async function listChanges(
  ctx: Ctx,
  query: ChangeQuery,
): Promise<{ items: StoredChange[]; next_cursor: string | null }> {
  authorise(ctx.actor, 'read');
  const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const rows = await ctx.lake.query<Row>(
    `SELECT id, toUnixTimestamp64Milli(time) AS at, kind, title, model, version, url FROM tiltmeter.changes
     WHERE ({model:String} = '' OR model IN ({model:String}, ''))
       ${query.from === undefined ? '' : `AND time >= ${moment('from')}`}
       ${query.to === undefined ? '' : `AND time < ${moment('to')}`}
       ${after === undefined ? '' : `AND (time < ${moment('after')} OR (time = ${moment('after')} AND id < {after_id:String}))`}
     ORDER BY time DESC, id DESC LIMIT {limit:UInt64}`,
    {
      model: query.model ?? '',
      limit: query.limit + 1,
      ...(query.from === undefined ? {} : { from: Math.trunc(epochMs(query.from)) }),
      ...(query.to === undefined ? {} : { to: Math.trunc(epochMs(query.to)) }),
      ...(after === undefined ? {} : { after: after.time, after_id: after.id }),
    },
  );
  const page = pageFrom(rows, query.limit, (row) => cursorOf(Number(row.at), row.id));
  return {
    ...page,
    items: page.items.map(({ at, ...row }) => ({
      ...row,
      time: rfc3339(Number(at)),
      model: row.model || null,
      version: row.version || null,
      url: row.url || null,
    })),
  };
}
