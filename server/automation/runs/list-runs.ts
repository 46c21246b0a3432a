import { ActionOutcome, type ActionRun } from '../../../contract/action.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { modelNames } from '../../models/find-model.ts';
import { pageFrom } from '../../page.ts';
import type { ActionRunRow } from '../../store/ledger/schema.ts';
import type { Task } from '../kinds/kind.ts';

export interface RunFilter {
  readonly model?: string | undefined;
  readonly incident?: string | undefined;
  readonly action?: string | undefined;
  readonly state?: ActionRun['state'] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Times that actions were due, the newest first, each with its tries and what came of it. Errors: not_allowed. */
export async function listRuns(ctx: Ctx, { model, incident, action, state, limit, cursor }: RunFilter) {
  authorise(ctx.actor, 'read');
  let query = ctx.ledger
    .selectFrom('action_runs')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (model !== undefined) query = query.where('model', '=', model);
  if (incident !== undefined) query = query.where('incident', '=', incident);
  if (action !== undefined) query = query.where('action', '=', action);
  if (state !== undefined) query = query.where('state', '=', state);
  if (cursor !== undefined) query = query.where('id', '<', cursor);
  const { items, next_cursor } = pageFrom(await query.execute(), limit, ({ id }) => id);
  return { items: await runsOf(ctx, items), next_cursor };
}

export async function runOf(ctx: Pick<Ctx, 'ledger'>, row: ActionRunRow): Promise<ActionRun> {
  return (await runsOf(ctx, [row]))[0]!;
}

/** Stored runs as the API shows them. */
async function runsOf({ ledger }: Pick<Ctx, 'ledger'>, rows: readonly ActionRunRow[]): Promise<ActionRun[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const tries = await ledger
    .selectFrom('action_tries')
    .selectAll()
    .where('run', 'in', ids)
    .orderBy('seq')
    .execute();
  const names = await modelNames(
    { ledger },
    rows.map(({ model }) => model),
  );
  const at = (ms: number | null) => (ms === null ? null : rfc3339(ms));
  return rows.map((row) => ({
    ...{ id: row.id, action: row.action, name: row.name, kind: row.kind, model: row.model },
    model_name: names.get(row.model) ?? row.model,
    ...{ incident: row.incident, because: row.because, state: row.state, asked_at: rfc3339(row.asked_at) },
    asked_by: (JSON.parse(row.task) as Partial<Task>).asked_by ?? null,
    expires_at: at(row.expires_at),
    people: JSON.parse(row.people) as string[],
    decided_at: at(row.decided_at),
    decided_by: row.decided_by,
    comment: row.comment,
    tries: tries
      .filter(({ run }) => run === row.id)
      .map((one) => ({ at: rfc3339(one.at), took_ms: one.took_ms, said: one.said })),
    next_at: row.state === 'waiting' ? rfc3339(row.next_at) : null,
    begun_at: at(row.begun_at),
    ...{ reference: row.reference, url: row.url },
    outcome: row.outcome === null ? null : ActionOutcome.parse(JSON.parse(row.outcome)),
  }));
}
