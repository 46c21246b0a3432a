import { sql } from 'kysely';
import type { AuditEntry, AuditQuery } from '../../contract/audit.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { Ctx } from '../context.ts';
import { numericCursor, pageFrom } from '../page.ts';
import type { AuditRow } from '../store/ledger/schema.ts';
import { auditHead } from './head.ts';

/** Entries that a search looks through for one page: in a log of a million nothing waits for it. */
const LOOKED = 20_000;

/**
 * The newest changes first. A search looks through a stretch of the log for each page: where it found less than a page in it, the cursor says where the next
 * stretch begins. Errors: invalid_request.
 */
export async function listAudit(
  ctx: Pick<Ctx, 'ledger'>,
  { limit, cursor, search }: AuditQuery,
  looked = LOOKED,
): Promise<{ items: AuditEntry[]; next_cursor: string | null }> {
  const before = numericCursor(cursor);
  let query = ctx.ledger
    .selectFrom('audit')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(limit + 1);
  if (before !== undefined) query = query.where('seq', '<', before);
  if (search === undefined) return shown(await query.execute(), limit);
  const from = Math.max(1, (before ?? (await auditHead(ctx)).seq + 1) - looked);
  const holds = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  // The page shows words for `user.create`.
  const words = holds.replaceAll(' ', '_');
  const found = shown(
    await query
      .where('seq', '>=', from)
      .where(
        sql<boolean>`(lower(actor) like ${holds} escape '\\' or lower(action) like ${words} escape '\\' or lower(target) like ${holds} escape '\\')`,
      )
      .execute(),
    limit,
  );
  return { ...found, next_cursor: found.next_cursor ?? (from > 1 ? String(from) : null) };
}

function shown(rows: readonly AuditRow[], limit: number) {
  const entries = rows.map(
    (row): AuditEntry => ({ ...row, at: rfc3339(row.at), detail: JSON.parse(row.detail) }),
  );
  return pageFrom(entries, limit, (entry) => String(entry.seq));
}
