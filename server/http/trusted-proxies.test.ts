import { afterEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';

let tiltmeter: TestApp;
afterEach(() => tiltmeter.stop());

async function guessAs(address: string): Promise<number> {
  const reply = await fetch(`${tiltmeter.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ token: 'a guess' }),
  });
  return reply.status;
}

async function guesses(): Promise<number[]> {
  const statuses = [];
  for (let i = 0; i < 12; i++) statuses.push(await guessAs(`203.0.113.${i % 2}`));
  return statuses;
}

test('behind a trusted proxy each caller has a limit of its own', async () => {
  tiltmeter = await startTestApp({ trustedProxies: ['127.0.0.0/8', '::1'] });
  expect(await guesses()).toEqual(Array(12).fill(401));
  for (let i = 0; i < 4; i++) expect(await guessAs('203.0.113.0')).toBe(401);
  expect(await guessAs('203.0.113.0')).toBe(429);
  expect(await guessAs('203.0.113.1')).toBe(401);
});

test('without one nobody is believed to be somebody else', async () => {
  tiltmeter = await startTestApp();
  expect(await guesses()).toEqual([...Array(10).fill(401), 429, 429]);
});
