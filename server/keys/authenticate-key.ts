import type { Actor, Ctx } from '../context.ts';
import { cappedScopes, effectiveScopes, roleOfScopes } from '../scopes.ts';
import { secretHash } from '../secrets.ts';
import { accountsOf } from '../users/accounts.ts';

const LAST_USED_EVERY_MS = 60_000;

/**
 * Who holds this secret; null when it is unknown, revoked or expired, or its owner is gone or locked out. It may do what it was made
 * for, as far as its owner may today. Writes `last_used_at` at most once a minute.
 */
export async function authenticateKey(ctx: Ctx, secret: string): Promise<Actor | null> {
  const hash = secretHash(secret);
  const key = await ctx.ledger.selectFrom('keys').selectAll().where('hash', '=', hash).executeTakeFirst();
  const now = ctx.clock();
  if (!key || key.revoked_at !== null || (key.expires_at !== null && key.expires_at <= now)) return null;
  const owner = (await accountsOf(ctx, [key.owner])).get(key.owner);
  if (owner === undefined || owner.disabled) return null;
  if ((key.last_used_at ?? 0) <= now - LAST_USED_EVERY_MS) {
    await ctx.ledger.updateTable('keys').set({ last_used_at: now }).where('id', '=', key.id).execute();
  }
  const scopes = cappedScopes(effectiveScopes(JSON.parse(key.scopes)), owner.role);
  const models = key.models === null ? {} : { models: new Set<string>(JSON.parse(key.models)) };
  const role = roleOfScopes(scopes);
  return { kind: 'key', id: key.id, name: key.name, role, scopes, account: owner.id, ...models };
}
