import type { Kysely, Transaction } from 'kysely';
import { concernedBy } from '../../actions/outbox/concerned.ts';
import { put } from '../../actions/outbox/put.ts';
import { audit } from '../../audit/audit.ts';
import type { Ctx } from '../../context.ts';
import type { Announced } from '../../incidents/announce.ts';
import { addEvents } from '../../incidents/life/events.ts';
import { modelNames } from '../../models/find-model.ts';
import type { ActionRow, ActionRunRow, Ledger } from '../../store/ledger/schema.ts';
import { approvalOf } from '../action-row.ts';
import type { Task } from '../kinds/kind.ts';
import { type Former, type HeldBack, heldBack } from './may-ask.ts';

const MINUTE = 60_000;
/** As far back as limits may look, and a day at least. */
const longest = ({ cooldown_minutes }: ActionRow) => Math.max(cooldown_minutes * MINUTE, 86_400_000);

/** Why an action is due for a model. */
export interface Due {
  readonly action: ActionRow;
  readonly model: string;
  /** The same reason makes one run. */
  readonly once: string;
  readonly because: string;
  readonly incident: Announced | null;
  /** Who asked for it by hand; null: it is due by itself. */
  readonly askedBy: string | null;
  /** Whose account that is. */
  readonly asker?: string | undefined;
  readonly task: Pick<Task, 'cause' | 'columns' | 'segments' | 'versions' | 'recommendation'>;
}

/** What was asked for, or what kept it from being: its limits, or that it was asked for before by the same reason. */
export type Asked = ActionRunRow | HeldBack | 'before';

/**
 * Asks for an action, or begins it where nobody is asked, in the caller's transaction. Who is to say yes is told by the incident's channels and
 * timeline.
 */
export async function ask(ctx: Ctx, trx: Transaction<Ledger>, due: Due): Promise<Asked> {
  const { action, model, incident, because } = due;
  const now = ctx.clock();
  // Of one action one at a time decides whether the day is full.
  await trx
    .updateTable('actions')
    .set({ updated_at: action.updated_at })
    .where('id', '=', action.id)
    .execute();
  const held = heldBack(await formerOf(trx, action, now), action, model, now);
  if (held !== null) return held;
  const approval = approvalOf(action);
  const id = ctx.ids.id();
  const name = (await modelNames({ ledger: trx }, [model])).get(model) ?? model;
  const row: ActionRunRow = {
    ...{ id, action: action.id, name: action.name, kind: action.kind, model, once: due.once, because },
    incident: incident?.id ?? null,
    state: approval === null ? 'waiting' : 'asked',
    task: JSON.stringify(taskOf(ctx, due, id, name)),
    people: JSON.stringify(approval?.people ?? []),
    asker: due.asker ?? null,
    asked_at: now,
    expires_at: approval === null ? null : now + approval.expires_minutes * MINUTE,
    ...{ decided_at: null, decided_by: null, comment: null, attempts: 0, next_at: now, claimed_until: 0 },
    ...{ begun_at: null, reference: null, url: null, outcome: null, outcome_due_at: null },
  };
  const added = await trx
    .insertInto('action_runs')
    .values(row)
    .onConflict((conflict) => conflict.columns(['action', 'model', 'once']).doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) return 'before';
  if (incident !== null) {
    const by = due.askedBy === null ? '' : ', asked for by hand';
    const text = `${action.name} ${approval === null ? 'is due' : 'waits for approval'}${by}`;
    await addEvents(ctx, trx, incident.id, [{ kind: 'action', text }]);
    if (approval !== null) {
      const told = { event: 'approval_asked' as const, incident, once: id, note: action.name };
      const { concerned } = await concernedBy(trx, 'approval_asked', incident);
      await put(ctx, trx, told, concerned);
    }
  }
  await audit(ctx, trx, 'action.ask', id, { action: action.name, model, incident: row.incident, because });
  return row;
}

/** When an action was due, as far back as its limits look. */
export async function formerOf(ledger: Kysely<Ledger>, action: ActionRow, now: number): Promise<Former[]> {
  const rows = await ledger
    .selectFrom('action_runs')
    .select(['model', 'asked_at', 'state'])
    .where('action', '=', action.id)
    .where('asked_at', '>', now - longest(action))
    .execute();
  return rows.map(({ model, asked_at, state }) => ({
    ...{ model, askedAt: asked_at },
    undone: state === 'refused' || state === 'expired',
  }));
}

function taskOf(
  ctx: Ctx,
  { action, model, because, incident, askedBy, task }: Due,
  run: string,
  name: string,
): Task {
  return {
    ...{ version: 1, run, action: { id: action.id, name: action.name }, model, model_name: name, because },
    incident: incident && {
      ...{
        id: incident.id,
        title: incident.title,
        priority: incident.priority,
        started_at: incident.started_at,
      },
      url: `${ctx.settings.address.replace(/\/$/, '')}/incidents/${encodeURIComponent(incident.id)}`,
    },
    asked_by: askedBy,
    ...task,
  };
}
