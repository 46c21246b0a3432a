import type { Announced } from '../incidents/announce.ts';

export type AnnouncedEvent = 'opened' | 'priority_raised' | 'resolved' | 'test';

/**
 * The JSON that a channel sends. Stable: fields are added, never renamed; `version` counts breaking changes.
 * It holds no values of columns, as the titles and sentences of an incident hold none.
 */
export function payload(event: AnnouncedEvent, incident: Announced, address: string): string {
  const url = `${address.replace(/\/$/, '')}/incidents/${encodeURIComponent(incident.id)}`;
  return JSON.stringify({ version: 1, event, text: text(event, incident), url, incident });
}

/** One line for a chat: `[P1] credit-risk: Missing values in income since …`. */
function text(event: AnnouncedEvent, { priority, model, title }: Announced): string {
  if (event === 'test') return `[test] ${title}`;
  const what = event === 'resolved' ? 'Resolved: ' : event === 'priority_raised' ? 'Raised: ' : '';
  return `[${priority}] ${model}: ${what}${title}`;
}
