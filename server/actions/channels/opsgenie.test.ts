import { expect, test } from 'vitest';
import { CONTEXT, message, receiver } from './channel.testing.ts';
import { opsgenie } from './opsgenie.ts';

test('opened makes an alert within the bounds of the Alert API, resolved closes it by its alias', async () => {
  const { address, received } = await receiver(202);
  const options = { api_key: 'a-key-of-an-integration', region: 'us' as const, address };
  await opsgenie.deliver(CONTEXT, options, message('opened', { title: 'x'.repeat(300) }));
  await opsgenie.deliver(CONTEXT, options, message('resolved'));
  const [made, closed] = received;
  expect(made).toMatchObject({
    path: '/v2/alerts',
    headers: { authorization: 'GenieKey a-key-of-an-integration' },
    body: {
      alias: 'tiltmeter-i1',
      priority: 'P1',
      entity: 'credit-risk',
      tags: ['tiltmeter', 'credit-risk'],
    },
  });
  expect(made!.body.message).toHaveLength(130);
  expect(closed!.path).toBe('/v2/alerts/tiltmeter-i1/close?identifierType=alias');
});
