import type { Kysely, Transaction } from 'kysely';
import { assignIncident } from '../alerts/assign-incident.ts';
import type { IncidentRow, Ledger } from '../store/ledger/schema.ts';
import { type Member, type MemberEpisode, peakOf, sinceOf, type Thread } from './thread.ts';

/** An incident that this transaction holds: nobody else changes it before the transaction ends. */
export interface Held {
  readonly row: IncidentRow;
  readonly thread: Thread;
}

/**
 * Holds the incidents of these groups that a change may fall into: those that are not resolved, or that changed at or
 * after this event time.
 */
export async function holdGroups(
  trx: Kysely<Ledger>,
  groups: readonly string[],
  changedSince: number,
): Promise<Held[]> {
  const rows = await trx
    .selectFrom('incidents')
    .selectAll()
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('incident_groups')
        .select('incident')
        .where('grouped_by', 'in', [...groups]),
    )
    .where((eb) => eb.or([eb('status', '!=', 'resolved'), eb('last_at', '>=', changedSince)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  return withThreads(trx, rows);
}

/** Holds these incidents, those that exist. */
export async function holdIncidents(trx: Kysely<Ledger>, ids: readonly string[]): Promise<Held[]> {
  if (ids.length === 0) return [];
  const rows = await trx
    .selectFrom('incidents')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute();
  return withThreads(trx, rows);
}

async function withThreads(trx: Kysely<Ledger>, rows: readonly IncidentRow[]): Promise<Held[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const groups = Map.groupBy(
    await trx.selectFrom('incident_groups').selectAll().where('incident', 'in', ids).execute(),
    ({ incident }) => incident,
  );
  const members = await trx
    .selectFrom('incident_alerts')
    .select(['incident', 'alert', 'model', 'firing', 'episodes', 'ended'])
    .where('incident', 'in', ids)
    .execute();
  const byIncident = Map.groupBy(members, ({ incident }) => incident);
  return rows.map((row) => ({
    row,
    thread: {
      id: row.id,
      group: row.grouped_by,
      groups: new Set(groups.get(row.id)?.map(({ grouped_by }) => grouped_by)),
      resolved: row.status === 'resolved',
      startedAt: row.started_at,
      lastAt: row.last_at,
      members: new Map(
        (byIncident.get(row.id) ?? []).map(({ alert, model, firing, episodes, ended }) => [
          alert,
          { alert, model, firing: firing === 1, episodes: JSON.parse(episodes) as MemberEpisode[], ended },
        ]),
      ),
    },
  }));
}

/** Stores those alerts of an incident that are other than they were, and by what others may join. */
export async function saveMembers(
  trx: Transaction<Ledger>,
  { id, members, groups }: Thread,
  former: Thread | undefined,
): Promise<void> {
  const before = former?.members ?? new Map<string, Member>();
  const fresh = [...groups].filter((group) => !former?.groups.has(group));
  if (fresh.length > 0)
    await trx
      .insertInto('incident_groups')
      .values(fresh.map((grouped_by) => ({ incident: id, grouped_by })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  const changed = [...members.values()].filter((member) => before.get(member.alert) !== member);
  for (const member of changed) {
    const { firing, episodes, ended, worst } = stored(member);
    await trx
      .insertInto('incident_alerts')
      .values({
        ...{ incident: id, alert: member.alert, model: member.model, firing, episodes, ended },
        ...{ since: worst?.since ?? 0, peak: worst?.peak ?? '{}' },
      })
      .onConflict((conflict) =>
        conflict.columns(['incident', 'alert']).doUpdateSet({ firing, episodes, ended, ...worst }),
      )
      .execute();
  }
  const joined = changed.filter(({ alert, firing }) => firing && !before.get(alert)?.firing);
  await assignIncident(
    trx,
    joined.map(({ alert }) => alert),
    id,
  );
}

/** When all was taken back, `since` and `peak` stay what they were. */
function stored(member: Member) {
  const peak = peakOf(member);
  return {
    firing: member.firing ? (1 as const) : (0 as const),
    episodes: JSON.stringify(member.episodes),
    ended: member.ended,
    worst: peak === undefined ? null : { since: sinceOf(member), peak: JSON.stringify(peak) },
  };
}
