import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { Incident } from '../../contract/incident.ts';
import { everything } from '../pages.ts';

/** As titles of incidents have it: `3 May 2012, 00:00`. */
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** What was found, the most urgent first, a paragraph for each incident: what, since when, the likeliest causes. */
export async function findings(client: Tiltmeter): Promise<{ incidents: Incident[]; lines: string[] }> {
  const incidents = await everything<Incident>(client, '/incidents');
  incidents.sort((a, b) => a.priority.localeCompare(b.priority) || a.started_at.localeCompare(b.started_at));
  return { incidents, lines: incidents.flatMap(told) };
}

function told({ priority, model, title, status, last_at, causes }: Incident): string[] {
  const over = status === 'resolved' ? `, until ${MOMENT.format(Date.parse(last_at))} UTC` : ', still going';
  return [
    `  ${priority}  ${model}: ${title}${over}`,
    ...causes.slice(0, 3).map((cause) => `        ${cause.sentence}`),
  ];
}
