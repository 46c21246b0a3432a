import { expect, test } from 'vitest';
import { fuzzBodies } from './bodies.ts';

test('10,000 generated bodies over all doors, none answered with a 5xx, every model judged', async () => {
  const { models, taken } = await fuzzBodies(10_000, 2);
  expect(models).toBeGreaterThan(1);
  for (const door of ['/api/v1/uploads', '/api/v1/models/m1/references/file'])
    expect([door, taken.get(door)]).toEqual([door, expect.any(Number)]);
});
