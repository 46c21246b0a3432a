import type { Incident, StoredChange } from '../api/types.ts';
import type { Band, ChangeMark } from '../charts/annotations.ts';

/** Incidents as bands of event time, from the first alert to the last change. */
export function bandsOf(incidents: readonly Incident[]): Band[] {
  return incidents.map(({ id, title, started_at, last_at }) => ({
    id,
    title,
    from: Date.parse(started_at),
    to: Math.max(Date.parse(last_at), Date.parse(started_at)),
  }));
}

export function marksOf(changes: readonly StoredChange[]): ChangeMark[] {
  return changes.map(({ id, time, title }) => ({
    id,
    time: Date.parse(time),
    title,
  }));
}
