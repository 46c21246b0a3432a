import type { Transaction } from 'kysely';
import { rfc3339 } from '../../contract/time.ts';
import type { Decided } from '../alerts/decided.ts';
import type { Peak } from '../alerts/series.ts';
import type { Ctx } from '../context.ts';
import type { IncidentEventRow, IncidentRow, Ledger } from '../store/ledger/schema.ts';
import type { Announce } from './announce.ts';
import type { Step, Thread } from './correlate.ts';
import { worst } from './fact.ts';
import { incidentOf } from './incident-row.ts';
import { readFacts } from './read-facts.ts';
import { tell } from './story.ts';

type Peaks = ReadonlyMap<string, { readonly since: number; readonly peak: Peak }>;

/** Stores an incident that changed: its alerts, its story, its timeline; and announces what people must know. */
export async function saveIncident(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  { model }: Decided,
  thread: Thread,
  steps: readonly Step[],
  peaks: Peaks,
  announce: Announce,
): Promise<void> {
  const now = ctx.clock();
  const former = await trx.selectFrom('incidents').selectAll().where('id', '=', thread.id).executeTakeFirst();
  await saveMembers(trx, model, thread, peaks);
  const facts = await readFacts(trx, model, thread.id);
  const story = tell(facts, model, thread.startedAt);
  const status = statusOf(former, thread, steps);
  const reopened = former !== undefined && steps.some(({ kind }) => kind === 'reopened');
  const row: IncidentRow = {
    id: thread.id,
    model: model.id,
    grouped_by: model.id,
    episode: (former?.episode ?? 1) + (reopened ? 1 : 0),
    status,
    priority: former && former.priority < story.priority ? former.priority : story.priority,
    title: story.title,
    started_at: thread.startedAt,
    last_at: thread.lastAt,
    opened_at: former?.opened_at ?? now,
    resolved_at: status === 'resolved' ? (former?.resolved_at ?? now) : null,
    acknowledged_at: status === 'open' ? null : (former?.acknowledged_at ?? null),
    acknowledged_by: status === 'open' ? null : (former?.acknowledged_by ?? null),
    verdict: former?.verdict ?? null,
    causes: JSON.stringify(story.causes),
    updated_at: now,
  };
  const { id, opened_at, ...changed } = row;
  await trx
    .insertInto('incidents')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
    .execute();
  const events = eventsOf(steps, facts, now, thread.id);
  const raised = former !== undefined && row.priority < former.priority;
  if (raised)
    events.push({
      incident: id,
      at: now,
      kind: 'priority_raised',
      actor: 'system',
      text: `${former.priority} → ${row.priority}`,
    });
  if (events.length > 0) await trx.insertInto('incident_events').values(events).execute();
  const announced = incidentOf({ ...row, opened_at });
  if (former === undefined)
    await announce(ctx, trx, 'opened', { ...announced, status: 'open', resolved_at: null });
  if (reopened) await announce(ctx, trx, 'reopened', announced);
  else if (raised) await announce(ctx, trx, 'priority_raised', announced);
  if (status === 'resolved' && former?.status !== 'resolved') await announce(ctx, trx, 'resolved', announced);
}

/** The steps decide; between them a person's word (acknowledged, resolved) stands. */
function statusOf(
  former: IncidentRow | undefined,
  thread: Thread,
  steps: readonly Step[],
): IncidentRow['status'] {
  if (thread.resolved) return 'resolved';
  if (former === undefined || steps.some(({ kind }) => kind === 'reopened')) return 'open';
  return former.status;
}

async function saveMembers(
  trx: Transaction<Ledger>,
  model: { id: string },
  thread: Thread,
  peaks: Peaks,
): Promise<void> {
  const stored = await trx
    .selectFrom('incident_alerts')
    .selectAll()
    .where('incident', '=', thread.id)
    .execute();
  const known = new Map(stored.map((row) => [row.alert, row]));
  for (const alert of thread.alerts) {
    const seen = peaks.get(alert);
    const former = known.get(alert);
    const firing = thread.firing.has(alert) ? (1 as const) : (0 as const);
    if (!seen && former?.firing === firing) continue;
    const formerPeak = former && (JSON.parse(former.peak) as Peak);
    const peak = seen ? worst(formerPeak, seen.peak) : formerPeak!;
    const since = Math.min(
      seen?.since ?? Number.POSITIVE_INFINITY,
      former?.since ?? Number.POSITIVE_INFINITY,
    );
    const row = {
      incident: thread.id,
      alert,
      model: model.id,
      withdrawn: 0 as const,
      firing,
      since,
      peak: JSON.stringify(peak),
    };
    await trx
      .insertInto('incident_alerts')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['incident', 'alert']).doUpdateSet({ firing, since, peak: row.peak }),
      )
      .execute();
    await trx.updateTable('alerts').set({ incident: thread.id }).where('id', '=', alert).execute();
  }
}

function eventsOf(
  steps: readonly Step[],
  facts: Awaited<ReturnType<typeof readFacts>>,
  at: number,
  incident: string,
): Omit<IncidentEventRow, 'seq'>[] {
  return steps.map(({ kind, alert, time }) => {
    const fact = facts.find((known) => known.alert === alert);
    const what = fact ? [fact.kind, fact.column].filter((word) => word !== '').join(' ') : '';
    return {
      incident,
      at,
      kind,
      actor: 'system',
      text: [what, rfc3339(time)].filter((word) => word).join(' · '),
    };
  });
}
