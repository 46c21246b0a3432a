import { expect, test } from 'vitest';
import { CONTEXT, message, receiver } from './channel.testing.ts';
import { pagerduty } from './pagerduty.ts';

const routing_key = '0123456789abcdef0123456789abcdef';

test('opened and raised trigger one alert, resolved ends it', async () => {
  const { address, received } = await receiver(202);
  const options = { routing_key, region: 'us' as const, address };
  await pagerduty.deliver(CONTEXT, options, message('opened', { priority: 'P3' }));
  await pagerduty.deliver(CONTEXT, options, message('priority_raised'));
  await pagerduty.deliver(CONTEXT, options, message('resolved'));
  const bodies = received.map(({ body }) => body);
  expect(bodies.map(({ event_action }) => event_action)).toEqual(['trigger', 'trigger', 'resolve']);
  expect(new Set(bodies.map(({ dedup_key }) => dedup_key))).toEqual(new Set(['tiltmeter-i1']));
  expect(bodies.slice(0, 2).map(({ payload }) => payload.severity)).toEqual(['warning', 'critical']);
  // required by the schema of the Events API: summary (1,024 characters at most), source, severity
  expect(bodies[0].payload).toMatchObject({
    summary: '[P3] credit-risk: Missing values in income',
    source: 'credit-risk',
    timestamp: '2026-11-20T09:00:00.000Z',
  });
  expect(bodies[0].links).toEqual([
    { href: 'https://tilt.example.org/incidents/i1', text: 'Open in Tiltmeter' },
  ]);
});

test('a region has its own host, a key its form, and lists show its end alone', () => {
  expect(pagerduty.reaches({ routing_key, region: 'eu' })).toBe('https://events.eu.pagerduty.com/v2/enqueue');
  expect(pagerduty.address({ routing_key, region: 'us' })).toBe('https://events.pagerduty.com, key …cdef');
  expect(pagerduty.options.safeParse({ routing_key: 'short' }).success).toBe(false);
});
