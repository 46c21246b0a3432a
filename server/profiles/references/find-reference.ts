import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import type { ReferenceRow } from '../../store/ledger/schema.ts';

/** The reference of a model by its id or its name. Errors: not_found. */
export async function findReference(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
  idOrName: string,
): Promise<ReferenceRow> {
  const rows = await ctx.ledger
    .selectFrom('references')
    .selectAll()
    .where('model', '=', model)
    .where((eb) => eb.or([eb('id', '=', idOrName), eb('name', '=', idOrName)]))
    .execute();
  const row = rows.find(({ id }) => id === idOrName) ?? rows[0];
  if (row === undefined) throw new TiltmeterError('not_found', `${model} has no reference ${idOrName}`);
  return row;
}

/** A reference by its id; null when there is none, as for an id that is null. */
export async function referenceById(
  ctx: Pick<Ctx, 'ledger'>,
  id: string | null,
): Promise<ReferenceRow | null> {
  if (id === null) return null;
  const row = await ctx.ledger.selectFrom('references').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}
