import type { PrivacyRules, ServerPrivacy } from '../../../contract/privacy.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';

const RULES = 'rules';

/** The rules of a model itself. */
export function ownRules({ privacy }: Pick<ModelRow, 'privacy'>): PrivacyRules {
  return privacy === null ? [] : (JSON.parse(privacy) as PrivacyRules);
}

/** Rules of the server, and those of the models that have some. */
export async function readRules({ ledger }: Pick<Ctx, 'ledger'>) {
  const rows = await ledger
    .selectFrom('models')
    .select(['id', 'privacy'])
    .where('privacy', 'is not', null)
    .execute();
  return {
    server: await serverRules({ ledger }),
    models: new Map(rows.map((row) => [row.id, ownRules(row)] as const)),
  };
}

/** Rules of all models. */
export async function serverRules({ ledger }: Pick<Ctx, 'ledger'>): Promise<PrivacyRules> {
  const row = await ledger.selectFrom('privacy').select('value').where('name', '=', RULES).executeTakeFirst();
  return row === undefined ? [] : (JSON.parse(row.value) as PrivacyRules);
}

/** Rules of all models. Errors: not_allowed. */
export async function getServerPrivacy(ctx: Ctx): Promise<ServerPrivacy> {
  authorise(ctx.actor, 'read');
  return { rules: await serverRules(ctx) };
}

/** Sets the rules of all models: what is sent from now on goes by them, on other servers within ten seconds. Errors: not_allowed (admins only). */
export async function setServerPrivacy(
  ctx: Ctx,
  protections: { forget(): void },
  { rules }: ServerPrivacy,
): Promise<ServerPrivacy> {
  authorise(ctx.actor, 'admin');
  const value = JSON.stringify(rules);
  await ctx.ledger.transaction().execute(async (trx) => {
    await trx
      .insertInto('privacy')
      .values({ name: RULES, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
    await audit(ctx, trx, 'privacy.change', 'privacy', { rules });
  });
  protections.forget();
  return { rules };
}
