import type { z } from 'zod';
import { TiltmeterError } from '../../contract/errors.ts';
import type { NewKey, NewKeyReply } from '../../contract/key.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Actor, Ctx } from '../context.ts';
import { effectiveScopes } from '../scopes.ts';
import { secretHash } from '../secrets.ts';
import { shownKey } from './key-row.ts';

const DAY_MS = 86_400_000;

/**
 * Makes a key `tm_<secret>`; the secret is in this reply and nowhere else. Nobody can give a key more than they have.
 * Errors: not_allowed.
 */
export async function createKey(ctx: Ctx, wanted: NewKey): Promise<z.infer<typeof NewKeyReply>> {
  authorise(ctx.actor, 'write');
  for (const scope of effectiveScopes(wanted.scopes)) {
    if (ctx.actor.scopes.has(scope)) continue;
    throw new TiltmeterError('not_allowed', `a key with ${scope} access takes someone who has it`);
  }
  const secret = `tm_${ctx.ids.secret()}`;
  const now = ctx.clock();
  const row = {
    id: ctx.ids.id(),
    name: wanted.name,
    prefix: secret.slice(0, 9),
    hash: secretHash(secret),
    scopes: JSON.stringify([...new Set(wanted.scopes)]),
    created_by: creator(ctx.actor),
    created_at: now,
    expires_at: wanted.expires_in_days === undefined ? null : now + wanted.expires_in_days * DAY_MS,
    last_used_at: null,
    revoked_at: null,
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    await trx.insertInto('keys').values(row).execute();
    await audit(ctx, trx, 'key.create', row.id, { name: row.name, scopes: wanted.scopes });
  });
  return { ...shownKey(row), secret };
}

/** A user by email; a key by its name, in a form that no email has, because whoever makes a key chooses its name. */
export function creator(actor: Actor): string {
  return actor.kind === 'user' ? actor.name : `${actor.kind} ${actor.name}`;
}
