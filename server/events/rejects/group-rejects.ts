import type { RejectGroup } from '../../../contract/reject.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';

/** Reasons that are told, those with the most events; there are as many as senders, models and codes. */
const GROUPS = 200;

interface Row extends Omit<RejectGroup, 'first' | 'last'> {
  readonly first: number;
  readonly last: number;
  readonly groups: number;
}

/** Refused events by reason, the most first, and how many reasons there are in all. Errors: not_allowed. */
export async function groupRejects(
  ctx: Ctx,
): Promise<{ items: RejectGroup[]; next_cursor: null; total: number }> {
  authorise(ctx.actor, 'read');
  const rows = await ctx.lake.query<Row>(
    `SELECT kind, model, code, count() AS n, countIf(replayed_at IS NULL) AS waiting,
       toUnixTimestamp64Milli(min(received_at)) AS first, toUnixTimestamp64Milli(max(received_at)) AS last,
       argMax(message, received_at) AS message, count() OVER () AS groups
     FROM tiltmeter.rejects FINAL GROUP BY kind, model, code ORDER BY n DESC, kind, model, code LIMIT ${GROUPS}`,
  );
  const items = rows.map(({ first, last, groups: _, ...row }) => ({
    ...row,
    first: rfc3339(Number(first)),
    last: rfc3339(Number(last)),
  }));
  return { items, next_cursor: null, total: rows[0]?.groups ?? 0 };
}
