import type { RejectChoice } from '../../../contract/reject.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { deleteRows } from '../../store/lake/delete-rows.ts';
import type { LakeParam } from '../../store/lake/lake.ts';

/** Removes refused events for good: those of the ids, or all that match. Errors: not_allowed. */
export async function deleteRejects(ctx: Ctx, { ids, filter = {} }: RejectChoice): Promise<void> {
  authorise(ctx.actor, 'write');
  const fields = (['kind', 'model', 'code'] as const).filter((field) => filter[field] !== undefined);
  const params: Record<string, LakeParam> = Object.fromEntries(
    fields.map((field) => [field, filter[field]!]),
  );
  // What is refused while this runs was not meant.
  params.before = ctx.clock() + 1;
  const conditions = [
    "received_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')",
    ...fields.map((field) => `${field} = {${field}:String}`),
  ];
  if (ids !== undefined) {
    conditions.push('id IN ({ids:Array(String)})');
    params.ids = ids;
  }
  await ctx.ledger
    .transaction()
    .execute((trx) =>
      audit(
        ctx,
        trx,
        'rejects.delete',
        filter.model ?? '',
        ids === undefined ? { ...filter } : { n: ids.length },
      ),
    );
  await deleteRows(ctx.lake, 'rejects', conditions.join(' AND '), params);
}
