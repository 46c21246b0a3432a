import { z } from 'zod';
import type { Action, ActionChange, ActionKindShown, NewAction } from '../../contract/action.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { requireAtMost } from '../audit/at-most.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { allModels } from '../models/find-model.ts';
import { refusePrivate } from '../public-address.ts';
import type { ActionRow } from '../store/ledger/schema.ts';
import { actionOf, sealed, whenOf } from './action-row.ts';
import { ACTION_KINDS } from './kinds/index.ts';
import type { ActionKind } from './kinds/kind.ts';

/** Actions that there may be. */
const MOST = 500;

/** All that can be done, and what each takes. Errors: not_allowed. */
export async function listActionKinds(ctx: Ctx): Promise<{ items: ActionKindShown[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const items = Object.values(ACTION_KINDS).map(
    ({ id, title, options, secrets, repeatable }): ActionKindShown => ({
      ...{ id, title, repeatable, secrets: [...secrets] },
      options: z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>,
    }),
  );
  return { items, next_cursor: null };
}

/** All actions by name; of one model those that could concern it. */
export async function listActions(ctx: Ctx, model?: string): Promise<{ items: Action[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const rows = await ctx.ledger.selectFrom('actions').selectAll().orderBy('name').limit(MOST).execute();
  const [known] = model === undefined ? [] : await allModels(ctx, [model]);
  const concerns = (row: ActionRow) => {
    const { models, owners } = whenOf(row);
    return (
      (models.length === 0 || models.includes(model!)) &&
      (owners.length === 0 || (known?.owner != null && owners.includes(known.owner)))
    );
  };
  const shown = model === undefined ? rows : rows.filter(concerns);
  return { items: shown.map((row) => actionOf(ctx.vault, row)), next_cursor: null };
}

/** Errors: not_allowed, invalid_request (kind, options, too many), conflict (name taken), private_address. */
export async function createAction(ctx: Ctx, body: NewAction): Promise<Action> {
  authorise(ctx.actor, 'admin');
  const kind = Object.hasOwn(ACTION_KINDS, body.kind) ? ACTION_KINDS[body.kind] : undefined;
  if (kind === undefined)
    throw new TiltmeterError(
      'invalid_request',
      `kind must be one of ${Object.keys(ACTION_KINDS).join(', ')}`,
    );
  const options = optionsOf(kind, body.options);
  const to = kind.reaches(options);
  if (to !== null && !ctx.settings.allowPrivateAddresses) await refusePrivate(to);
  const { name, when, cooldown_minutes, per_day, approval } = body;
  const now = ctx.clock();
  const id = ctx.ids.id();
  const row: ActionRow = {
    ...{ id, name, kind: kind.id, options: sealed(ctx.vault, id, options), enabled: 1 },
    ...{ due_when: JSON.stringify(when), cooldown_minutes, per_day },
    approval: approval === null ? null : JSON.stringify(approval),
    ...{ created_at: now, updated_at: now },
  };
  return ctx.ledger.transaction().execute(async (trx) => {
    const stored = await trx
      .insertInto('actions')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirst();
    if (stored.numInsertedOrUpdatedRows === 0n)
      throw new TiltmeterError('conflict', `There is an action called ${name} already`);
    const made = actionOf(ctx.vault, row);
    await audit(ctx, trx, 'action.create', id, { ...made });
    const why = `There are at most ${MOST} actions: remove some first`;
    await requireAtMost(trx, MOST, trx.selectFrom('actions'), why);
    return made;
  });
}

/** Changes what is given. Errors: not_allowed, not_found, conflict (name taken). */
export async function changeAction(ctx: Ctx, id: string, change: ActionChange): Promise<Action> {
  authorise(ctx.actor, 'admin');
  const { name, enabled, when, cooldown_minutes, per_day, approval } = change;
  return ctx.ledger.transaction().execute(async (trx) => {
    const known = await trx.selectFrom('actions').selectAll().where('id', '=', id).executeTakeFirst();
    if (known === undefined) throw new TiltmeterError('not_found', 'There is no such action');
    const taken = trx
      .selectFrom('actions')
      .select('id')
      .where('name', '=', name ?? known.name);
    if (await taken.where('id', '!=', id).executeTakeFirst())
      throw new TiltmeterError('conflict', `There is an action called ${name} already`);
    const row: ActionRow = {
      ...known,
      name: name ?? known.name,
      enabled: enabled === undefined ? known.enabled : enabled ? 1 : 0,
      due_when: when === undefined ? known.due_when : JSON.stringify(when),
      cooldown_minutes: cooldown_minutes ?? known.cooldown_minutes,
      per_day: per_day ?? known.per_day,
      approval: approval === undefined ? known.approval : approval && JSON.stringify(approval),
      updated_at: ctx.clock(),
    };
    await trx.updateTable('actions').set(row).where('id', '=', id).execute();
    await audit(ctx, trx, 'action.change', id, { ...change });
    return actionOf(ctx.vault, row);
  });
}

/** Removes an action; what of it waits is given up, its history stays. Errors: not_allowed, not_found. */
export async function deleteAction(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx.actor, 'admin');
  await ctx.ledger.transaction().execute(async (trx) => {
    const gone = await trx.deleteFrom('actions').where('id', '=', id).returning('name').executeTakeFirst();
    if (gone === undefined) throw new TiltmeterError('not_found', 'There is no such action');
    await trx
      .updateTable('action_runs')
      .set({ state: 'failed', comment: 'the action was removed' })
      .where('action', '=', id)
      .where('state', 'in', ['asked', 'waiting'])
      .execute();
    await audit(ctx, trx, 'action.delete', id, { name: gone.name });
  });
}

function optionsOf(kind: ActionKind, given: unknown): unknown {
  const { data, error } = kind.options.safeParse(given);
  if (error === undefined) return data;
  const [issue] = error.issues;
  throw new TiltmeterError(
    'invalid_request',
    `options of a ${kind.id} action: ${issue!.path.join('.') || 'they'}: ${issue!.message}`,
  );
}
