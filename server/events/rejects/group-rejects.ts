import type { RejectGroup } from '../../../contract/reject.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';

/** Reasons that are told; there are as many as senders, models and codes. */
const GROUPS = 200;

type Row = Omit<RejectGroup, 'first' | 'last'> & { readonly first: number; readonly last: number };

/** Refused events by reason, the most first. Errors: not_allowed. */
export async function groupRejects(ctx: Ctx): Promise<{ items: RejectGroup[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const rows = await ctx.lake.query<Row>(
    `SELECT kind, model, code, count() AS n, countIf(replayed_at IS NULL) AS waiting,
       toUnixTimestamp64Milli(min(received_at)) AS first, toUnixTimestamp64Milli(max(received_at)) AS last,
       argMax(message, received_at) AS message
     FROM tiltmeter.rejects FINAL GROUP BY kind, model, code ORDER BY n DESC, kind, model, code LIMIT ${GROUPS}`,
  );
  const items = rows.map(({ first, last, ...row }) => ({
    ...row,
    first: rfc3339(Number(first)),
    last: rfc3339(Number(last)),
  }));
  return { items, next_cursor: null };
}
