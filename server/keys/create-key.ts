import type { z } from 'zod';
import { TiltmeterError } from '../../contract/errors.ts';
import type { NewKey, NewKeyReply } from '../../contract/key.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import { type Ctx, shownName } from '../context.ts';
import { effectiveScopes, scopesOfRole } from '../scopes.ts';
import { secretHash } from '../secrets.ts';
import type { KeyRow } from '../store/ledger/schema.ts';
import { type Account, accountsOf, automation, isAccountName } from '../users/accounts.ts';
import { shownKey } from './key-row.ts';

const DAY_MS = 86_400_000;
/** What others than keys are called. */
const RESERVED = ['tiltmeter_admin_key', 'the owner of the data folder', 'tiltmeter', 'system', 'anonymous'];

/**
 * Makes a key `tm_<secret>`; the secret is in this reply and nowhere else. It belongs to the person who makes it, or to whom an admin says,
 * and can never do more than they. No key makes keys. Errors: not_allowed, not_found (no such owner), conflict (the name is another's).
 */
export async function createKey(ctx: Ctx, wanted: NewKey): Promise<z.infer<typeof NewKeyReply>> {
  authorise(ctx.actor, 'write');
  if (ctx.actor.kind === 'key') throw new TiltmeterError('not_allowed', 'no key makes keys: a person does');
  const owner = await ownerOf(ctx, wanted.owner);
  for (const scope of effectiveScopes(wanted.scopes)) {
    if (scopesOfRole(owner.role).has(scope)) continue;
    const who = owner.id === ctx.actor.id ? 'someone' : 'an owner';
    throw new TiltmeterError('not_allowed', `a key with ${scope} access takes ${who} who has it`);
  }
  if (wanted.models !== undefined && wanted.scopes.includes('admin'))
    throw new TiltmeterError('invalid_request', 'models: a key with admin access is one of all models');
  if (RESERVED.includes(wanted.name.toLowerCase()) || (await isAccountName(ctx, wanted.name)))
    throw new TiltmeterError('conflict', `${wanted.name} is what somebody else is called`);
  const secret = `tm_${ctx.ids.secret()}`;
  const now = ctx.clock();
  const row: KeyRow = {
    id: ctx.ids.id(),
    name: wanted.name,
    prefix: secret.slice(0, 9),
    hash: secretHash(secret),
    scopes: JSON.stringify([...new Set(wanted.scopes)]),
    owner: owner.id,
    models: wanted.models === undefined ? null : JSON.stringify([...new Set(wanted.models)]),
    created_by: shownName(ctx.actor),
    created_at: now,
    expires_at: wanted.expires_in_days === undefined ? null : now + wanted.expires_in_days * DAY_MS,
    last_used_at: null,
    revoked_at: null,
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    const stored = await trx
      .insertInto('keys')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (stored.numInsertedOrUpdatedRows === 0n)
      throw new TiltmeterError('conflict', `a key in use is called ${wanted.name} already`);
    const { name, scopes, models } = wanted;
    await audit(ctx, trx, 'key.create', row.id, { name, scopes, models, owner: owner.id });
  });
  return { ...shownKey(row, owner), secret };
}

/** Oneself; whom an admin says; of the operator, who is nobody in particular, the account `automation`. */
async function ownerOf(ctx: Ctx, said: string | undefined): Promise<Account> {
  if (said === undefined && ctx.actor.account === undefined) return automation(ctx);
  const id = said ?? ctx.actor.account!;
  if (id !== ctx.actor.account) authorise(ctx.actor, 'admin');
  const owner = (await accountsOf(ctx, [id])).get(id);
  if (owner === undefined)
    throw new TiltmeterError('not_found', `there is no person or service account ${id}`);
  if (owner.disabled) throw new TiltmeterError('conflict', `${owner.name} is locked out`);
  return owner;
}
