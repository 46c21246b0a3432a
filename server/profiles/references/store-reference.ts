import type { Reference } from '../../../contract/reference.ts';
import { audit } from '../../audit/audit.ts';
import { type Ctx, shownName } from '../../context.ts';
import type { ReferenceRow } from '../../store/ledger/schema.ts';
import { makeDefault } from './make-default.ts';
import { shownReference } from './reference-row.ts';

export interface NewReferenceRow extends Pick<ReferenceRow, 'id' | 'model' | 'name' | 'kind'> {
  readonly options: Record<string, unknown>;
}

/**
 * Stores a reference with its audit entry, and makes it the model's default: always, only where there is none, or not.
 * Errors: conflict when the model has a reference of that name.
 */
export async function storeReference(
  ctx: Ctx,
  wanted: NewReferenceRow,
  asDefault: 'always' | 'when_none' | 'no',
): Promise<Reference> {
  const row: ReferenceRow = {
    ...wanted,
    options: JSON.stringify(wanted.options),
    created_by: shownName(ctx.actor),
    created_by_id: ctx.actor.id,
    created_at: ctx.clock(),
    default_at: null,
  };
  const isDefault = await ctx.ledger.transaction().execute(async (trx) => {
    await trx.insertInto('references').values(row).execute();
    const when = asDefault === 'always' ? 'always' : 'none';
    const set = asDefault !== 'no' && (await makeDefault(trx, row, when, ctx.clock()));
    const { name, kind } = row;
    await audit(ctx, trx, 'reference.create', row.id, { model: row.model, name, kind, default: set });
    return set;
  });
  return shownReference(row, isDefault ? row.id : null);
}
