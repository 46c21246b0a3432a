import { expect, test } from 'vitest';
import { fuzzBodies } from './bodies.ts';

test('100 generated bodies over all doors, none answered with a 5xx, every model judged', async () => {
  const { models, taken } = await fuzzBodies(100, 6);
  expect(models).toBeGreaterThan(1);
  for (const door of ['/api/v1/predictions', '/v1/traces', '/v1/logs', '/v1/metrics', '/api/v1/write'])
    expect([door, taken.get(door)]).toEqual([door, expect.any(Number)]);
});
