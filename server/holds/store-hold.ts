import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { NewHold } from '../../contract/hold.ts';
import { requireAtMost } from '../audit/at-most.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { findModel } from '../models/find-model.ts';
import type { Protections } from '../models/privacy/protections.ts';
import { refusePrivate } from '../public-address.ts';
import type { HoldRow, Ledger } from '../store/ledger/schema.ts';
import { resealed, sealedHold } from './hold-row.ts';
import { taskOf } from './score.ts';

/** From the end of a run to the next that is asked for, at least. */
const BETWEEN_MS = 60_000;
/** Holds that there may be: each is asked for by itself. */
const MOST = 1_000;

/**
 * Stores the labelled set of a model in place of the one before, with whose runs nothing is compared any more; it is run at once. Errors:
 * not_allowed, not_found, invalid_request (a column that may not be stored in clear, too many), private_address.
 */
export async function storeHold(
  ctx: Ctx,
  protections: Protections,
  model: string,
  hold: NewHold,
): Promise<void> {
  authorise(ctx.actor, 'admin');
  await findModel(ctx, model);
  await protections.refresh([model]);
  refuseProtected(protections, model, hold);
  if (!ctx.settings.allowPrivateAddresses) await refusePrivate(hold.endpoint.url);
  const now = ctx.clock();
  const { every_ms, rows, task = taskOf(rows.map(({ label }) => label)) } = hold;
  refuseOtherLabels(task, rows);
  const row: HoldRow = {
    ...{ model, ...sealedHold(ctx.vault, model, hold), n: rows.length, task, every_ms },
    ...{ next_at: now, running_since: null, baseline: null, created_at: now },
  };
  await ctx.ledger.transaction().execute(async (trx) => {
    await forgetHold(trx, model);
    await trx.insertInto('holds').values(row).execute();
    const { protocol, url, timeout_ms } = hold.endpoint;
    const told = { host: new URL(url).host, protocol, timeout_ms, rows: rows.length, task, every_ms };
    await audit(ctx, trx, 'hold.set', model, told);
    await requireAtMost(trx, MOST, trx.selectFrom('holds'), `at most ${MOST} models have one: remove some`);
  });
}

/** Values of protected columns are not stored in clear, and the endpoint could not answer to what would be stored of them. */
function refuseProtected(protections: Protections, model: string, { rows }: NewHold): void {
  const protection = protections.of(model);
  const names = new Set(rows.flatMap(({ features }) => Object.keys(features)));
  const refused = [...names].filter((name) => protection?.rule(name) !== undefined);
  if (refused.length > 0)
    throw new TiltmeterError(
      'invalid_request',
      `rows: ${refused.join(', ')} may not be stored as it is (see privacy of the model): leave it out`,
    );
}

function refuseOtherLabels(task: HoldRow['task'], rows: NewHold['rows']): void {
  const at = task === 'numbers' ? rows.findIndex(({ label }) => typeof label !== 'number') : -1;
  if (at >= 0)
    throw new TiltmeterError('invalid_request', `rows.${at}.label must be a number, as task says numbers`);
}

/** Removes the labelled set of a model and its runs. Errors: not_allowed, not_found. */
export async function removeHold(ctx: Ctx, model: string): Promise<void> {
  authorise(ctx.actor, 'admin');
  await ctx.ledger.transaction().execute(async (trx) => {
    if (!(await forgetHold(trx, model)))
      throw new TiltmeterError('not_found', `${model} has no labelled set`);
    await audit(ctx, trx, 'hold.remove', model);
  });
}

/** Removes it with its runs; whether there was one. */
export async function forgetHold(trx: Transaction<Ledger>, model: string): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom('holds').where('model', '=', model).executeTakeFirst();
  await trx.deleteFrom('hold_runs').where('model', '=', model).execute();
  return numDeletedRows > 0n;
}

/** The next run comes at once, or a minute after the last one, however often it is asked for. Errors: not_allowed, not_found. */
export async function askForRun(ctx: Ctx, model: string): Promise<void> {
  authorise(ctx.actor, 'write');
  await ctx.ledger.transaction().execute(async (trx) => {
    const last = await trx
      .selectFrom('hold_runs')
      .select(({ fn }) => fn.max('at').as('at'))
      .where('model', '=', model)
      .executeTakeFirst();
    const { numUpdatedRows } = await trx
      .updateTable('holds')
      .set({ next_at: Math.max(ctx.clock(), Number(last?.at ?? 0) + BETWEEN_MS) })
      .where('model', '=', model)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new TiltmeterError('not_found', `${model} has no labelled set`);
    await audit(ctx, trx, 'hold.run', model);
  });
}

/** Seals with the present key what is sealed with a former one. Runs at each start; to run it again changes nothing. */
export async function sealHolds(ctx: Ctx): Promise<void> {
  const models = await ctx.ledger.selectFrom('holds').select('model').execute();
  for (const { model } of models) {
    const row = await ctx.ledger
      .selectFrom('holds')
      .select(['model', 'endpoint', 'rows'])
      .where('model', '=', model)
      .executeTakeFirst();
    const again = row && resealed(ctx.vault, row);
    if (again === undefined) continue;
    const same = ctx.ledger.updateTable('holds').where('model', '=', model).where('rows', '=', row!.rows);
    await same.set(again).execute();
  }
}
