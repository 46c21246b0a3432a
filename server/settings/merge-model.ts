import { TiltmeterError } from '../../contract/errors.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { disown } from '../jobs/fence.ts';
import { declareColumns, type Schemas } from '../models/columns/schemas.ts';
import { refuseWhileErasing } from '../models/erasures.ts';
import { findModel, modelColumns } from '../models/find-model.ts';
import { beginRemoval } from '../models/removals.ts';
import { profileHead } from '../profiles/heads/read-heads.ts';
import { confirmed } from './remove-model.ts';

/**
 * Moves the predictions, labels, outcomes and changes of a model to another one and removes the rest of it: what a sender
 * with a mistyped name has made. The other keeps its settings, references and monitors; its profiles are made anew where
 * rows came. Errors: not_allowed (admins only), not_found, invalid_request, conflict (columns that cannot be put together, an erasure that goes
 * on).
 */
export async function mergeModel(
  ctx: Ctx,
  schemas: Pick<Schemas, 'drop' | 'forget' | 'maxColumns'>,
  { model: id, into, confirm }: { model: string; into: string; confirm: string },
): Promise<void> {
  authorise(ctx.actor, 'admin');
  const [model, other] = [await findModel(ctx, id), await findModel(ctx, into)];
  confirmed(id, confirm);
  if (id === into) throw new TiltmeterError('invalid_request', 'a model cannot be merged into itself');
  const columns = await modelColumns(ctx, id);
  const known = new Map((await modelColumns(ctx, into)).map((column) => [column.name, column]));
  const other_form = columns.find(({ name, type }) => {
    const there = known.get(name);
    return there !== undefined && (there.type === 'numeric') !== (type === 'numeric');
  });
  if (other_form !== undefined)
    throw new TiltmeterError(
      'conflict',
      `${other_form.name} is stored as numbers in one of the two and as text in the other: delete it in one of them first`,
    );
  const fresh = columns.filter(({ name }) => !known.has(name));
  if (known.size + fresh.length > schemas.maxColumns) throw new TiltmeterError('too_many_features');
  await declareColumns(
    ctx,
    into,
    other.table_name,
    fresh.map(({ name, type, declared }) => ({ name, type, declared: declared === 1 })),
  );
  const { predictions = 0 } = (await profileHead(ctx, id)) ?? {};
  await ctx.ledger.transaction().execute(async (trx) => {
    await findModel({ ledger: trx }, into);
    await disown(trx, id);
    await beginRemoval(ctx, trx, model, into);
    await refuseWhileErasing(trx, id);
    await audit(ctx, trx, 'model.merge', id, { into, predictions });
  });
  schemas.drop(id);
  schemas.forget(into);
}
