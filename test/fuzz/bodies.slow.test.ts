import { expect, test } from 'vitest';
import { fuzzBodies } from './bodies.ts';

test('10,000 generated bodies over all doors, something taken of each, none answered with a 5xx, every model judged', async () => {
  const { models, doors } = await fuzzBodies(10_000, 2);
  expect(models).toBeGreaterThan(1);
  expect([...doors].filter(([, { taken }]) => taken === 0)).toEqual([]);
});
