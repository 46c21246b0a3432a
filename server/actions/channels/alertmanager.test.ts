import { expect, test } from 'vitest';
import { alertmanager } from './alertmanager.ts';
import { CONTEXT, message, receiver } from './channel.testing.ts';

test('an incident is one alert by its labels, which ends when it is over', async () => {
  const { address, received } = await receiver();
  await alertmanager.deliver(CONTEXT, { address }, message('opened', { priority: 'P2' }));
  await alertmanager.deliver(CONTEXT, { address: `${address}/` }, message('resolved'));
  expect(received.map(({ path }) => path)).toEqual(['/api/v2/alerts', '/api/v2/alerts']);
  const [[open], [over]] = received.map(({ body }) => body) as [[Alert], [Alert]];
  expect(open.labels).toEqual({ alertname: 'TiltmeterIncident', incident: 'i1', model: 'credit-risk' });
  expect(over.labels).toEqual(open.labels);
  expect(Date.parse(open.endsAt)).toBe(CONTEXT.clock() + 86_400_000);
  expect(Date.parse(over.endsAt)).toBe(CONTEXT.clock());
});

interface Alert {
  readonly labels: Record<string, string>;
  readonly endsAt: string;
}
