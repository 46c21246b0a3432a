import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { Incident } from '../../contract/incident.ts';
import { everything } from '../pages.ts';
import { moment } from '../table.ts';

/** What was found, a paragraph for each incident: what, since when, the likeliest causes. */
export async function findings(client: Tiltmeter): Promise<{ incidents: Incident[]; lines: string[] }> {
  const incidents = await everything<Incident>(client, '/incidents');
  const ordered = incidents.sort((a, b) => a.started_at.localeCompare(b.started_at));
  return { incidents: ordered, lines: ordered.flatMap(told) };
}

function told(incident: Incident): string[] {
  const { priority, model, title, started_at, last_at, resolved_at, causes } = incident;
  const over = resolved_at === null ? 'still open' : `until ${moment(last_at).slice(0, 10)}`;
  return [
    `${priority}  ${model}: ${title}`,
    `    since ${moment(started_at).slice(0, 10)}, ${over}`,
    ...causes.slice(0, 3).map((cause) => `    ${cause.sentence}`),
  ];
}
