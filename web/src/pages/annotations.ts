import type { Incident, StoredChange } from '../api/types.ts';
import type { Band, ChangeMark } from '../charts/annotations.ts';

/** Incidents as stretches of event time, from the first alert to the last change, or to the newest event while they go on. */
export function bandsOf(incidents: readonly Incident[], newest: number | null = null): Band[] {
  return incidents.map((incident) => ({
    id: incident.id,
    title: incident.title,
    from: Date.parse(incident.started_at),
    to: endOf(incident, newest),
    priority: incident.priority,
    about: incident.alerts.map(({ kind, column }) => ({ kind, column })),
  }));
}

/** Event time at which an incident ended, or up to which it is known to go on. */
export function endOf(
  { status, started_at, last_at }: Pick<Incident, 'status' | 'started_at' | 'last_at'>,
  newest: number | null,
): number {
  const end = Math.max(Date.parse(last_at), Date.parse(started_at));
  return status === 'resolved' || newest === null ? end : Math.max(end, newest);
}

export function marksOf(changes: readonly StoredChange[]): ChangeMark[] {
  return changes.map(({ id, time, title, kind }) => ({ id, time: Date.parse(time), title, kind }));
}
