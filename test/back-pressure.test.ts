import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp({ limits: { queueBytes: 100_000, bodyBytes: 200_000, lingerMs: 30 } });
});
afterAll(() => tilt.stop());

test('more than the queue holds: some get 429 with Retry-After, and all get through in the end', async () => {
  const row = (n: number, i: number) => ({
    model: 'm',
    id: `${n}-${i}`,
    features: { text: 'x'.repeat(200) },
  });
  const bodies = Array.from({ length: 12 }, (_, n) => Array.from({ length: 150 }, (_, i) => row(n, i)));
  let refused = 0;
  const send = async (body: unknown): Promise<void> => {
    for (;;) {
      const reply = await tilt.json('POST', '/api/v1/predictions', body);
      if (reply.status === 200) return;
      expect(reply).toMatchObject({ status: 429, body: { error: { code: 'too_many_requests' } } });
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
      refused++;
    }
  };
  await Promise.all(bodies.map(send));
  expect(refused).toBeGreaterThan(0);
  expect((await tilt.json('GET', '/api/v1/models/m')).body.predictions).toBe(12 * 150);
  expect(tilt.app.ingest.counters()).toMatchObject({ refused, queuedBytes: 0 });
});

test('a body above its own limit', async () => {
  const reply = await tilt.json(
    'POST',
    '/api/v1/predictions',
    JSON.stringify({ model: 'x'.repeat(200_000) }),
  );
  expect(reply).toMatchObject({ status: 413, body: { error: { code: 'body_too_large' } } });
});
