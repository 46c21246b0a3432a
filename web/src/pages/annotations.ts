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

/** When an incident ended, or up to when it is known to go on. */
type Ends = Pick<Incident, 'status' | 'started_at' | 'last_at' | 'going_to'>;

/** Event time at which an incident ended, or up to which it is known to go on; of one that a person resolved: to which it had gone on then. */
export function endOf({ status, started_at, last_at, going_to }: Ends, newest: number | null): number {
  const known = [last_at, started_at, ...(going_to === null ? [] : [going_to])];
  const end = Math.max(...known.map((time) => Date.parse(time)));
  return status === 'resolved' || newest === null ? end : Math.max(end, newest);
}

export function marksOf(changes: readonly StoredChange[]): ChangeMark[] {
  return changes.map(({ id, time, title, kind }) => ({ id, time: Date.parse(time), title, kind }));
}
