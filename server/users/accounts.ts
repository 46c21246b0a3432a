import type { Kysely } from 'kysely';
import { audit } from '../audit/audit.ts';
import type { Ctx, Role } from '../context.ts';
import type { Ledger, UserRow } from '../store/ledger/schema.ts';

/** The service account of keys that the operator makes for nobody in particular. */
export const AUTOMATION = 'automation';

/** Whose keys are: a person or a service account, as they are now. */
export interface Account {
  readonly id: string;
  readonly kind: UserRow['kind'];
  /** What no other has: the email of a person, the name of a service account. */
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
}

/** These accounts by id; those that do not exist are missing. */
export async function accountsOf(
  { ledger }: { readonly ledger: Kysely<Ledger> },
  ids: readonly string[],
): Promise<ReadonlyMap<string, Account>> {
  if (ids.length === 0) return new Map();
  const rows = await ledger
    .selectFrom('users')
    .select(['id', 'kind', 'email', 'role', 'disabled_at'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(
    rows.map(({ id, kind, email, role, disabled_at }) => [
      id,
      { id, kind, name: email, role, disabled: disabled_at !== null },
    ]),
  );
}

/** Whether anybody but one may change things. */
export async function othersMayWrite(
  { ledger }: { readonly ledger: Kysely<Ledger> },
  account: string,
): Promise<boolean> {
  const found = await ledger
    .selectFrom('users')
    .select('id')
    .where('id', '!=', account)
    .where('kind', '=', 'person')
    .where('role', 'in', ['editor', 'admin'])
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

/** Whether a name is what somebody else is known by, in any case. */
export async function isAccountName(
  { ledger }: { readonly ledger: Kysely<Ledger> },
  name: string,
): Promise<boolean> {
  const found = await ledger
    .selectFrom('users')
    .select('id')
    .where('email', '=', name.toLowerCase())
    .executeTakeFirst();
  return found !== undefined;
}

/** The account `automation`, which is made when it is first needed. */
export async function automation(ctx: Ctx): Promise<Account> {
  await ctx.ledger.transaction().execute(async (trx) => {
    const account = { id: AUTOMATION, email: AUTOMATION, name: AUTOMATION, role: 'admin' } as const;
    const made = await trx
      .insertInto('users')
      .values({ ...account, kind: 'service', created_at: ctx.clock(), disabled_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 0n)
      await audit(ctx, trx, 'user.create', AUTOMATION, { email: AUTOMATION, role: account.role });
  });
  return (await accountsOf(ctx, [AUTOMATION])).get(AUTOMATION)!;
}
