import type { Actor, Ctx } from '../context.ts';
import { effectiveScopes, roleOfScopes } from '../scopes.ts';
import { secretHash } from '../secrets.ts';

const LAST_USED_EVERY_MS = 60_000;

/** Who holds this secret; null when it is unknown, revoked or expired. Writes `last_used_at` at most once a minute. */
export async function authenticateKey(ctx: Ctx, secret: string): Promise<Actor | null> {
  const hash = secretHash(secret);
  const key = await ctx.ledger.selectFrom('keys').selectAll().where('hash', '=', hash).executeTakeFirst();
  const now = ctx.clock();
  if (!key || key.revoked_at !== null || (key.expires_at !== null && key.expires_at <= now)) return null;
  if ((key.last_used_at ?? 0) <= now - LAST_USED_EVERY_MS) {
    await ctx.ledger.updateTable('keys').set({ last_used_at: now }).where('id', '=', key.id).execute();
  }
  const scopes = effectiveScopes(JSON.parse(key.scopes));
  return { kind: 'key', id: key.id, name: key.name, role: roleOfScopes(scopes), scopes };
}
