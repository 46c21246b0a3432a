import type { Transaction } from 'kysely';
import type { Ledger } from '../store/ledger/schema.ts';
import type { Thread } from './correlate.ts';

/** A model's incidents that may still take an alert: not resolved, or changed at or after this event time. */
export async function loadThreads(
  trx: Transaction<Ledger>,
  model: string,
  changedSince: number,
): Promise<Thread[]> {
  const incidents = await trx
    .selectFrom('incidents')
    .select(['id', 'status', 'started_at', 'last_at'])
    .where('model', '=', model)
    .where((eb) => eb.or([eb('status', '!=', 'resolved'), eb('last_at', '>=', changedSince)]))
    .orderBy('id')
    .execute();
  if (incidents.length === 0) return [];
  const members = await trx
    .selectFrom('incident_alerts')
    .select(['incident', 'alert', 'firing'])
    .where(
      'incident',
      'in',
      incidents.map(({ id }) => id),
    )
    .execute();
  const byIncident = Map.groupBy(members, ({ incident }) => incident);
  return incidents.map(({ id, status, started_at, last_at }) => {
    const own = byIncident.get(id) ?? [];
    return {
      id,
      resolved: status === 'resolved',
      startedAt: started_at,
      lastAt: last_at,
      alerts: new Set(own.map(({ alert }) => alert)),
      firing: new Set(own.filter(({ firing }) => firing === 1).map(({ alert }) => alert)),
    };
  });
}
