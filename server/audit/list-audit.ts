import type { AuditEntry } from '../../contract/audit.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { Ctx } from '../context.ts';
import { numericCursor, pageFrom } from '../page.ts';

/** The newest changes first. */
export async function listAudit(ctx: Ctx, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const before = numericCursor(cursor);
  let query = ctx.ledger
    .selectFrom('audit')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(limit + 1);
  if (before !== undefined) query = query.where('seq', '<', before);
  const entries: AuditEntry[] = (await query.execute()).map((row) => ({
    ...row,
    at: rfc3339(row.at),
    detail: JSON.parse(row.detail),
  }));
  return pageFrom(entries, limit, (entry) => String(entry.seq));
}
