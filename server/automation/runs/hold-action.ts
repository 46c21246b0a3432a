import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { ActionRow, Ledger } from '../../store/ledger/schema.ts';

/** What kept it from being asked for, as a sentence; cool-down in minutes. */
export const HELD = {
  cooldown: ({ name, cooldown_minutes }: ActionRow, model: string) =>
    `${name} was asked for ${model} less than ${cooldown_minutes} minutes ago`,
  per_day: ({ name, per_day }: ActionRow) =>
    `${name} was due ${per_day} times in 24 hours, and may not be more often`,
  before: ({ name }: ActionRow) => `${name} was asked for already`,
};

/**
 * Holds an action that somebody asks for by hand for a model, until the transaction ends. `name`: what people call the model. Errors: not_found, conflict
 * (paused, one waits for the model already).
 */
export async function holdAction(
  trx: Transaction<Ledger>,
  id: string,
  model: string,
  name: string,
): Promise<ActionRow> {
  const action = await trx
    .selectFrom('actions')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (action === undefined) throw new TiltmeterError('not_found', 'There is no such action');
  if (action.enabled === 0) throw new TiltmeterError('conflict', `${action.name} is paused`);
  const waiting = await trx
    .selectFrom('action_runs')
    .select('id')
    .where('action', '=', id)
    .where('model', '=', model)
    .where('state', 'in', ['asked', 'waiting'])
    .executeTakeFirst();
  if (waiting !== undefined) throw new TiltmeterError('conflict', `${action.name} waits for ${name} already`);
  return action;
}
