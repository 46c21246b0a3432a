import type { Actor, Ctx, Role, SessionBounds } from '../context.ts';
import { scopesOfRole } from '../scopes.ts';
import { secretHash } from '../secrets.ts';
import type { SentSecret } from './session-cookie.ts';
import { sessionEnd } from './session-end.ts';

/** Two weeks alone, 90 days in all: who is called at night should not look for a link first. */
export const SESSION_BOUNDS: SessionBounds = { idleMs: 14 * 86_400_000, maxMs: 90 * 86_400_000 };
const SEEN_EVERY_MS = 60_000;

/**
 * Who is signed in with this cookie; null when the session is unknown or over, or its user disabled. Under the former name of the cookie
 * only sessions from before there was another count.
 */
export async function authenticateSession(ctx: Ctx, { secret, former }: SentSecret): Promise<Actor | null> {
  const hash = secretHash(secret);
  const found = await ctx.ledger
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user')
    .select(['users.id', 'users.email', 'users.role', 'users.disabled_at'])
    .select(['sessions.created_at', 'sessions.expires_at', 'sessions.last_seen_at', 'sessions.agent'])
    .where('sessions.hash', '=', hash)
    .executeTakeFirst();
  const now = ctx.clock();
  if (!found || found.disabled_at !== null) return null;
  if (sessionEnd(found, ctx.settings.session) <= now) return null;
  if (former && found.agent !== null) return null;
  if (found.last_seen_at <= now - SEEN_EVERY_MS) {
    const { idleMs, maxMs } = ctx.settings.session;
    const expires_at = Math.min(now + idleMs, found.created_at + maxMs);
    await ctx.ledger
      .updateTable('sessions')
      .set({ last_seen_at: now, expires_at })
      .where('hash', '=', hash)
      .execute();
  }
  return userActor(found);
}

/** A user as the one who acts. */
export function userActor({ id, email, role }: { id: string; email: string; role: Role }): Actor {
  return { kind: 'user', id, name: email, role, scopes: scopesOfRole(role), account: id };
}
