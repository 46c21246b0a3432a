import type { Kysely, Transaction } from 'kysely';
import { assignIncident } from '../alerts/assign-incident.ts';
import type { IncidentAlertRow, IncidentRow, Ledger } from '../store/ledger/schema.ts';
import { Members } from './members.ts';
import { type Member, type MemberEpisode, peakOf, sinceOf, type Thread } from './thread.ts';

/** Rows that one statement writes: engines bound how many values it may have. */
const AT_ONCE = 200;

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
    .select(['incident', 'alert', 'model', 'firing', 'episodes', 'ended', 'tie'])
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
      members: new Members(
        (byIncident.get(row.id) ?? []).map(({ incident: _, firing, episodes, ...member }) => ({
          ...member,
          firing: firing === 1,
          episodes: JSON.parse(episodes) as MemberEpisode[],
        })),
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
  const before = former?.members ?? new Members();
  const fresh = [...groups].filter((group) => !former?.groups.has(group));
  if (fresh.length > 0)
    await trx
      .insertInto('incident_groups')
      .values(fresh.map((grouped_by) => ({ incident: id, grouped_by })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  const changed = [...members].filter((member) => before.get(member.alert) !== member);
  const rows = changed.map((member) => rowOf(id, member));
  for (let i = 0; i < rows.length; i += AT_ONCE)
    await trx
      .insertInto('incident_alerts')
      .values(rows.slice(i, i + AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['incident', 'alert']).doUpdateSet(({ ref, case: when }) => {
          const stays = <C extends 'since' | 'peak'>(column: C) =>
            when()
              .when('excluded.episodes', '=', '[]')
              .then(ref(`incident_alerts.${column}`))
              .else(ref(`excluded.${column}`))
              .end();
          return {
            firing: ref('excluded.firing'),
            episodes: ref('excluded.episodes'),
            ended: ref('excluded.ended'),
            tie: ref('excluded.tie'),
            // When all was taken back, they stay what they were.
            since: stays('since'),
            peak: stays('peak'),
          };
        }),
      )
      .execute();
  const joined = changed.filter(({ alert, firing }) => firing && !before.get(alert)?.firing);
  await assignIncident(
    trx,
    joined.map(({ alert }) => alert),
    id,
  );
}

function rowOf(incident: string, member: Member): IncidentAlertRow {
  const { alert, model, tie, ended } = member;
  const peak = peakOf(member);
  return {
    ...{ incident, alert, model, tie, ended },
    firing: member.firing ? 1 : 0,
    episodes: JSON.stringify(member.episodes),
    since: peak === undefined ? 0 : sinceOf(member),
    peak: JSON.stringify(peak ?? {}),
  };
}
