import type { Incident, StoredChange } from '../api/types.ts';
import type { Band, ChangeMark } from '../charts/annotations.ts';

/** Incidents as bands of event time, from the first alert to the last change, or to the newest event while they go on. */
export function bandsOf(incidents: readonly Incident[], newest: number | null = null): Band[] {
  return incidents.map(({ id, title, status, started_at, last_at }) => {
    const from = Date.parse(started_at);
    const end = Math.max(Date.parse(last_at), from);
    return { id, title, from, to: status === 'resolved' || newest === null ? end : Math.max(end, newest) };
  });
}

export function marksOf(changes: readonly StoredChange[]): ChangeMark[] {
  return changes.map(({ id, time, title }) => ({
    id,
    time: Date.parse(time),
    title,
  }));
}
