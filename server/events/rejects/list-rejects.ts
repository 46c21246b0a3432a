import type { Reject } from '../../../contract/reject.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { pageFrom } from '../../page.ts';
import type { LakeParam } from '../../store/lake/lake.ts';
import { moment } from '../../store/lake/moment.ts';
import { cursorOf, readCursor } from '../predictions/order.ts';
import type { StoredReject } from './reject.ts';

export interface RejectFilter {
  readonly ids?: readonly string[] | undefined;
  readonly kind?: string | undefined;
  readonly model?: string | undefined;
  readonly code?: string | undefined;
  /** All but those of this code. */
  readonly codeNot?: string;
  /** True: only those that were replayed; false: only those that were not. */
  readonly replayed?: boolean | undefined;
}

/** Rejects that match, newest first. */
export async function findRejects(
  ctx: Pick<Ctx, 'lake'>,
  filter: RejectFilter,
  limit: number,
  cursor?: string,
): Promise<StoredReject[]> {
  const conditions: string[] = [];
  const params: Record<string, LakeParam> = { limit };
  for (const field of ['kind', 'model', 'code'] as const) {
    if (filter[field] === undefined) continue;
    conditions.push(`${field} = {${field}:String}`);
    params[field] = filter[field];
  }
  if (filter.codeNot !== undefined) {
    conditions.push('code != {code_not:String}');
    params.code_not = filter.codeNot;
  }
  if (filter.ids !== undefined) {
    conditions.push('id IN ({ids:Array(String)})');
    params.ids = filter.ids;
  }
  if (filter.replayed !== undefined)
    conditions.push(`replayed_at IS ${filter.replayed ? 'NOT NULL' : 'NULL'}`);
  if (cursor !== undefined) {
    const { time, id } = readCursor(cursor);
    params.after = time;
    params.after_id = id;
    const at = moment('after');
    conditions.push(`(received_at < ${at} OR (received_at = ${at} AND id < {after_id:String}))`);
  }
  const rows = await ctx.lake.query<StoredReject>(
    `SELECT id, toUnixTimestamp64Milli(received_at) AS receivedAt, kind, model, code, message, raw,
            toUnixTimestamp64Milli(replayed_at) AS replayedAt
     FROM tiltmeter.rejects FINAL ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
     ORDER BY received_at DESC, id DESC LIMIT {limit:UInt64}`,
    params,
  );
  return rows.map((row) => ({
    ...row,
    receivedAt: Number(row.receivedAt),
    replayedAt: row.replayedAt === null ? null : Number(row.replayedAt),
  }));
}

/** A page of rejects. */
export async function listRejects(
  ctx: Ctx,
  { limit, cursor, ...filter }: RejectFilter & { limit: number; cursor?: string | undefined },
): Promise<{ items: Reject[]; next_cursor: string | null }> {
  authorise(ctx.actor, 'read');
  const rows = await findRejects(ctx, filter, limit + 1, cursor);
  const page = pageFrom(rows, limit, (row) => cursorOf(row.receivedAt, row.id));
  return {
    ...page,
    items: page.items.map(({ receivedAt, replayedAt, ...row }) => ({
      ...row,
      received_at: rfc3339(receivedAt),
      replayed_at: replayedAt === null ? null : rfc3339(replayedAt),
    })),
  };
}
