import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { Distribution } from '../../contract/distribution.ts';
import type { Incident } from '../../contract/incident.ts';
import { everything } from '../pages.ts';

/** As titles of incidents have it: `3 May 2012, 00:00`. */
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** What was found, the most urgent first, a paragraph for each incident: what, since when, the likeliest causes. */
export async function findings(client: Tiltmeter): Promise<{ incidents: Incident[]; lines: string[] }> {
  const incidents = await everything<Incident>(client, '/incidents');
  incidents.sort((a, b) => a.priority.localeCompare(b.priority) || a.started_at.localeCompare(b.started_at));
  const lines: string[] = [];
  for (const incident of incidents) lines.push(...told(incident), ...(await answersOf(client, incident)));
  return { incidents, lines };
}

function told({ priority, model, title, status, last_at, causes }: Incident): string[] {
  const over = status === 'resolved' ? `, until ${MOMENT.format(Date.parse(last_at))} UTC` : ', still going';
  return [
    `  ${priority}  ${model}: ${title}${over}`,
    ...causes.slice(0, 3).map((cause) => `        ${cause.sentence}`),
  ];
}

/** Where quality was lost: how what should have come out, and what did, moved against the reference in the last window. */
async function answersOf(client: Tiltmeter, { model, alerts }: Incident): Promise<string[]> {
  if (!alerts.some(({ kind }) => kind === 'performance')) return [];
  const compared = (column: string) =>
    client.call<Distribution>('GET', `/models/${model}/columns/${column}/distribution`);
  const [labels, predictions] = await Promise.all([compared('_label'), compared('_prediction')]);
  return [`        Labels: ${labels.sentence}`, `        Predictions: ${predictions.sentence}`];
}
