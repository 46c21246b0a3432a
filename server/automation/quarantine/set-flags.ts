import { TiltmeterError } from '../../../contract/errors.ts';
import type { NewQuarantine, Quarantine } from '../../../contract/quarantine.ts';
import { epochMs } from '../../../contract/time.ts';
import { requireAtMost } from '../../audit/at-most.ts';
import { audit } from '../../audit/audit.ts';
import { authorise } from '../../authorise.ts';
import { type Ctx, shownName } from '../../context.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import type { QuarantineRow } from '../../store/ledger/schema.ts';
import { quarantineOf } from './standing.ts';

/** Flags of one model that stand at once. */
const MOST = 1_000;

interface Why {
  readonly reason: string;
  readonly until: number | null;
  readonly incident: string | null;
  /** Asked for again with the same, nothing is set twice. */
  readonly once: string;
}

/** Flags parts of a model, in one transaction, with a line in the audit log. Errors: not_allowed, not_found, invalid_request (too many). */
export async function setFlags(
  ctx: Ctx,
  model: string,
  parts: readonly Pick<NewQuarantine, 'of' | 'name'>[],
  { reason, until, incident, once }: Why,
): Promise<Quarantine[]> {
  authorise(ctx.actor, 'write');
  await findModel(ctx, model);
  const now = ctx.clock();
  if (until !== null && until <= now)
    throw new TiltmeterError('invalid_request', 'until: must be ahead of now');
  const rows = parts.map(
    ({ of, name }, i): QuarantineRow => ({
      id: `${once}.${i}`,
      ...{ model, flag_of: of, name, reason: reason.slice(0, 512), since: now, until },
      ...{ set_by: shownName(ctx.actor), incident, ended_at: null, ended_by: null },
    }),
  );
  return ctx.ledger.transaction().execute(async (trx) => {
    await trx
      .insertInto('quarantines')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    await audit(ctx, trx, 'quarantine.set', model, { parts: [...parts], reason, until, incident });
    const standing = trx
      .selectFrom('quarantines')
      .where('model', '=', model)
      .where('ended_at', 'is', null)
      .where(({ eb, or }) => or([eb('until', 'is', null), eb('until', '>', now)]));
    await requireAtMost(trx, MOST, standing, `at most ${MOST} flags of a model: end some first`);
    return rows.map(quarantineOf);
  });
}

/** Flags one part by hand. A column must be one of the model: a typo would flag nothing that anybody asks for. Errors: as setFlags. */
export async function setFlag(ctx: Ctx, model: string, body: NewQuarantine): Promise<Quarantine> {
  authorise(ctx.actor, 'write');
  await findModel(ctx, model);
  if (body.of === 'column' && !(await modelColumns(ctx, model)).some(({ name }) => name === body.name))
    throw new TiltmeterError('not_found', `${model} has no column ${body.name}`);
  const until = body.until === null ? null : epochMs(body.until);
  const why = { reason: body.reason, until, incident: null, once: ctx.ids.id() };
  return (await setFlags(ctx, model, [body], why))[0]!;
}

/** Ends a flag now. Errors: not_allowed, not_found. */
export async function endFlag(ctx: Ctx, model: string, id: string): Promise<void> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    const ended = await trx
      .updateTable('quarantines')
      .set({ ended_at: ctx.clock(), ended_by: shownName(ctx.actor) })
      .where('id', '=', id)
      .where('model', '=', model)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n)
      throw new TiltmeterError('not_found', 'There is no such flag, or it has ended');
    await audit(ctx, trx, 'quarantine.end', model, { id });
  });
}
