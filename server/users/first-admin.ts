import { audit } from '../audit/audit.ts';
import type { Ctx } from '../context.ts';

export const FIRST_ADMIN_EMAIL = 'admin@localhost';

/** The oldest active admin; an installation without users gets `admin@localhost`. Safe at concurrent starts. */
export async function firstAdmin(ctx: Ctx): Promise<string> {
  return ctx.ledger.transaction().execute(async (trx) => {
    const id = ctx.ids.id();
    const user = {
      id,
      kind: 'person' as const,
      email: FIRST_ADMIN_EMAIL,
      name: 'Admin',
      role: 'admin' as const,
      created_at: ctx.clock(),
    };
    const existing = () =>
      trx
        .selectFrom('users')
        .select('id')
        .where('role', '=', 'admin')
        .where('kind', '=', 'person')
        .where('disabled_at', 'is', null)
        .orderBy('id')
        .executeTakeFirst();
    const before = await existing();
    if (before) return before.id;
    const inserted = await trx
      .insertInto('users')
      .values({ ...user, disabled_at: null })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) return (await existing())?.id ?? id;
    await audit(ctx, trx, 'user.create', id, { email: user.email, role: user.role });
    return id;
  });
}

/** Whether anyone has ever signed in to this installation. */
export async function everSignedIn(ctx: Pick<Ctx, 'ledger'>): Promise<boolean> {
  const row = await ctx.ledger
    .selectFrom('settings')
    .select('key')
    .where('key', '=', SIGNED_IN)
    .executeTakeFirst();
  return row !== undefined;
}

export const SIGNED_IN = 'signed_in';
