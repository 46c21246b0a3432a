import type { z } from 'zod';
import { TiltmeterError } from '../../contract/errors.ts';
import type { NewUser, User } from '../../contract/user.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { shownUser } from './user-row.ts';

/**
 * Adds a person, who signs in through a link (see create-link.ts), or a service account, which keys belong to. Errors: not_allowed,
 * conflict (the email of the person, or the name of the account, is taken).
 */
export async function createUser(ctx: Ctx, wanted: z.input<typeof NewUser>): Promise<User> {
  authorise(ctx.actor, 'admin');
  const row = {
    id: ctx.ids.id(),
    kind: wanted.kind ?? ('person' as const),
    email: (wanted.email ?? accountName(wanted.name)).toLowerCase(),
    name: wanted.name,
    role: wanted.role,
    created_at: ctx.clock(),
    disabled_at: null,
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    await trx.insertInto('users').values(row).execute();
    await audit(ctx, trx, 'user.create', row.id, { email: row.email, role: row.role });
  });
  return shownUser(row);
}

/** A service account is known by its name, which therefore is no email. */
function accountName(name: string): string {
  if (!name.includes('@')) return name;
  throw new TiltmeterError('invalid_request', 'name: the name of a service account holds no @');
}
