import { TiltmeterError } from '../../contract/errors.ts';
import { LinkTemplate, type NewLink } from '../../contract/link.ts';
import { requireAtMost } from '../audit/at-most.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';

/** Links that there may be: they stand side by side on every page. */
const MOST = 50;

/** Every link by its name. Errors: not_allowed. */
export async function listLinks(ctx: Ctx): Promise<{ items: LinkTemplate[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const rows = await ctx.ledger.selectFrom('links').selectAll().orderBy('name').execute();
  const items = rows.map(({ name, places, url }) =>
    LinkTemplate.parse({ name, where: JSON.parse(places), url }),
  );
  return { items, next_cursor: null };
}

/** Makes a link, or changes the one of that name. Errors: not_allowed, invalid_request (there are too many). */
export async function setLink(ctx: Ctx, name: string, { where, url }: NewLink): Promise<LinkTemplate> {
  authorise(ctx.actor, 'admin');
  const link = { name, where: [...new Set(where)], url };
  const stored = { places: JSON.stringify(link.where), url, updated_at: ctx.clock() };
  return ctx.ledger.transaction().execute(async (trx) => {
    await trx
      .insertInto('links')
      .values({ name, ...stored })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(stored))
      .execute();
    await audit(ctx, trx, 'link.set', name, { where: link.where, url });
    await requireAtMost(
      trx,
      MOST,
      trx.selectFrom('links'),
      `There are at most ${MOST} links: remove some first`,
    );
    return link;
  });
}

/** Errors: not_allowed, not_found. */
export async function deleteLink(ctx: Ctx, name: string): Promise<void> {
  authorise(ctx.actor, 'admin');
  await ctx.ledger.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx.deleteFrom('links').where('name', '=', name).executeTakeFirst();
    if (numDeletedRows === 0n) throw new TiltmeterError('not_found', `There is no link called ${name}`);
    await audit(ctx, trx, 'link.delete', name, {});
  });
}
