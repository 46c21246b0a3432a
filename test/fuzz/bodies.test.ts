import { expect, test } from 'vitest';
import { fuzzBodies } from './bodies.ts';

/** Each body of theirs is read by a process of its own: the long test sends them. */
const TABLES = ['/api/v1/uploads', '/api/v1/models/{model}/references/file'];

test('250 generated bodies over all doors, something taken of most, none answered with a 5xx, every model judged', async () => {
  const { models, doors } = await fuzzBodies(250, 5);
  expect(models).toBeGreaterThan(1);
  expect([...doors].filter(([door, { asked }]) => asked === 0 && !TABLES.includes(door))).toEqual([]);
  const taken = [...doors].filter(([, { taken }]) => taken > 0);
  expect(taken.length).toBeGreaterThan(doors.size / 2);
});
