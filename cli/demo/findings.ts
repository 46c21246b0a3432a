import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { Incident } from '../../contract/incident.ts';
import { everything } from '../pages.ts';
import { moment } from '../table.ts';

/** What was found, the most urgent first, a paragraph for each incident: what, since when, the likeliest causes. */
export async function findings(client: Tiltmeter): Promise<{ incidents: Incident[]; lines: string[] }> {
  const incidents = await everything<Incident>(client, '/incidents');
  incidents.sort((a, b) => a.priority.localeCompare(b.priority) || a.started_at.localeCompare(b.started_at));
  return { incidents, lines: incidents.flatMap(told) };
}

function told({ priority, model, title, status, last_at, causes }: Incident): string[] {
  const over = status === 'resolved' ? `, until ${moment(last_at).slice(0, 10)}` : ', still going';
  return [
    `  ${priority}  ${model}: ${title}${over}`,
    ...causes.slice(0, 3).map((cause) => `        ${cause.sentence}`),
  ];
}
