import { expect, test } from 'vitest';
import type { Actor, Scope } from '../../context.ts';
import { createGrowth } from './growth.ts';

const LIMITS = { newModelsPerHour: 100, newColumnsPerHour: 50 };
const actor = (id: string, ...scopes: Scope[]): Actor => ({
  kind: 'key',
  id,
  name: id,
  scopes: new Set(scopes),
  role: 'editor',
});

test('ten models of a key are made at once, the others four a second, and nobody else waits', async () => {
  let now = 0;
  const pause = async (ms: number) => {
    now += ms;
  };
  const growth = createGrowth(LIMITS, () => now, pause);
  const made = async (who: Actor, models: number) => {
    const began = now;
    for (let i = 0; i < models; i += 1) await growth.model(who);
    return now - began;
  };
  expect(await made(actor('a', 'ingest'), 10)).toBe(0);
  expect(await made(actor('a', 'ingest'), 8)).toBe(2000);
  expect(await made(actor('b', 'ingest'), 1)).toBe(0);
  expect(await made(actor('c', 'ingest', 'write'), 1000)).toBe(0);
});

test('what a key may not make in this hour it is told at once', async () => {
  const pauses: number[] = [];
  const pause = async (ms: number) => void pauses.push(ms);
  const growth = createGrowth({ ...LIMITS, newModelsPerHour: 2 }, () => 0, pause);
  const sender = actor('a', 'ingest');
  for (let i = 0; i < 2; i += 1) await growth.model(sender);
  await expect(growth.model(sender)).rejects.toMatchObject({ code: 'too_many_requests' });
  expect(pauses).toEqual([]);
});
