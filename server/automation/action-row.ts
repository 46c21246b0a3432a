import { type Action, ActionWhen, Approval } from '../../contract/action.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { Ctx } from '../context.ts';
import type { ActionRow } from '../store/ledger/schema.ts';
import type { Vault } from '../vault.ts';
import { ACTION_KINDS } from './kinds/index.ts';

const placeOf = (id: string) => `action ${id}`;

/** Options of an action as the ledger keeps them. */
export const sealed = (vault: Vault, id: string, options: unknown): string =>
  vault.seal(JSON.stringify(options), placeOf(id));

/** Options of a stored action, not checked yet. Errors: invalid_option (sealed with a key that this server does not have). */
export const opened = (vault: Vault, { id, options }: Pick<ActionRow, 'id' | 'options'>): unknown =>
  JSON.parse(vault.open(options, placeOf(id)));

export const whenOf = ({ due_when }: Pick<ActionRow, 'due_when'>): ActionWhen =>
  ActionWhen.parse(JSON.parse(due_when));

export const approvalOf = ({ approval }: Pick<ActionRow, 'approval'>): Approval | null =>
  approval === null ? null : Approval.parse(JSON.parse(approval));

/** A stored action as the API shows it: no secret. */
export function actionOf(vault: Vault, row: ActionRow): Action {
  const kind = ACTION_KINDS[row.kind];
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    address: kind ? kind.address(kind.options.parse(opened(vault, row))) : '',
    enabled: row.enabled === 1,
    when: whenOf(row),
    cooldown_minutes: row.cooldown_minutes,
    per_day: row.per_day,
    approval: approvalOf(row),
    created_at: rfc3339(row.created_at),
  };
}

/** Seals with the present key what is sealed with a former one. Runs at each start; to run it again changes nothing. */
export async function sealActions(ctx: Ctx): Promise<void> {
  const rows = await ctx.ledger.selectFrom('actions').select(['id', 'options']).execute();
  for (const row of rows.filter(({ options }) => !ctx.vault.sealed(options))) {
    const options = sealed(ctx.vault, row.id, opened(ctx.vault, row));
    const same = ctx.ledger
      .updateTable('actions')
      .where('id', '=', row.id)
      .where('options', '=', row.options);
    await same.set({ options }).execute();
  }
}
