import { rfc3339 } from '../../contract/time.ts';
import type { OwnSession } from '../../contract/user.ts';
import type { Ctx } from '../context.ts';
import { secretHash } from '../secrets.ts';
import { sessionId } from './end-sessions.ts';
import { sessionEnd } from './session-end.ts';

/** More sessions of one person than anybody looks through; the newest are shown. */
const MOST = 1000;

/** Where the person who asks is signed in, the last used first. `secret`: of the session that asks. */
export async function listSessions(
  ctx: Ctx,
  { limit = MOST }: { readonly limit?: number },
  secret: string | undefined,
): Promise<{ items: OwnSession[]; next_cursor: null }> {
  const rows = await ctx.ledger
    .selectFrom('sessions')
    .selectAll()
    .where('user', '=', ctx.actor.id)
    .where('expires_at', '>', ctx.clock())
    .orderBy('last_seen_at', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('hash')
    .limit(MOST)
    .execute();
  const own = secret === undefined ? undefined : secretHash(secret);
  const ends = rows.map((row) => ({ ...row, end: sessionEnd(row, ctx.settings.session) }));
  const going = ends.filter(({ end }) => end > ctx.clock());
  const items = going.slice(0, limit).map(
    ({ hash, ip, agent, ...row }): OwnSession => ({
      id: sessionId(hash),
      ip,
      agent,
      created_at: rfc3339(row.created_at),
      last_seen_at: rfc3339(row.last_seen_at),
      expires_at: rfc3339(row.end),
      current: hash === own,
    }),
  );
  return { items, next_cursor: null };
}
