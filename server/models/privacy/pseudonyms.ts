import { createHmac, randomBytes } from 'node:crypto';
import type { Ctx } from '../../context.ts';

/** The same text always becomes the same pseudonym; nobody without the key can tell which text it was. */
export type Pseudonym = (text: string) => string;

const KEY = 'pseudonym_key';
const PLACE = 'key of pseudonyms';
const LENGTH = 22;

const FORM = /^hmac:[\w-]{22}$/;

/** Whether a text is a pseudonym already: what was stored hashed and comes again is not hashed twice. */
export function isPseudonym(text: string): boolean {
  return FORM.test(text);
}

/** HMAC-SHA256 with the key, 132 bits of it. `pseudonymsOf(key)('a@example.org')` → 'hmac:…' */
export function pseudonymsOf(key: string): Pseudonym {
  const bytes = Buffer.from(key, 'base64url');
  return (text) =>
    isPseudonym(text)
      ? text
      : `hmac:${createHmac('sha256', bytes).update(text).digest('base64url').slice(0, LENGTH)}`;
}

type Stores = Pick<Ctx, 'ledger' | 'vault'>;

/**
 * The key of pseudonyms, made when it is asked for the first time. The ledger has it sealed with the server's secret key, so
 * that neither a copy of the ledger nor of the lake tells what was hashed, and it outlives a change of the secret key.
 * Errors: invalid_option (sealed with a key that this server does not have).
 */
export async function pseudonymKey({ ledger, vault }: Stores): Promise<string> {
  const stored = await sealedKey({ ledger });
  if (stored !== undefined) return vault.open(stored, PLACE);
  const sealed = vault.seal(randomBytes(32).toString('base64url'), PLACE);
  await ledger
    .insertInto('privacy')
    .values({ name: KEY, value: sealed })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return vault.open((await sealedKey({ ledger }))!, PLACE);
}

/** Whether there is a key already: without one nothing was ever hashed. */
export async function hasPseudonyms(ctx: Pick<Ctx, 'ledger'>): Promise<boolean> {
  return (await sealedKey(ctx)) !== undefined;
}

/** Seals the key with the present secret key where a former one sealed it. Runs at each start; to run it again changes nothing. */
export async function sealPseudonymKey({ ledger, vault }: Stores): Promise<void> {
  const stored = await sealedKey({ ledger });
  if (stored === undefined || vault.sealed(stored)) return;
  const value = vault.seal(vault.open(stored, PLACE), PLACE);
  await ledger
    .updateTable('privacy')
    .set({ value })
    .where('name', '=', KEY)
    .where('value', '=', stored)
    .execute();
}

async function sealedKey({ ledger }: Pick<Ctx, 'ledger'>): Promise<string | undefined> {
  const row = await ledger.selectFrom('privacy').select('value').where('name', '=', KEY).executeTakeFirst();
  return row?.value;
}
