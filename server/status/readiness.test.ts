import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { openLedger } from '../store/ledger/open.ts';
import { probeStores } from './readiness.ts';

test('however many ask at once, the stores are asked once, and the next one asks again', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-ready-'));
  const ledger = await openLedger({ dataDir, clock: Date.now });
  let questions = 0;
  const lake = {
    query: async () => {
      questions++;
      if (questions === 2) throw new Error('away');
      return [];
    },
  };
  const ctx = { ledger, lake, clock: Date.now } as unknown as Ctx;
  const states = await Promise.all(Array.from({ length: 50 }, () => probeStores(ctx)));
  expect(questions).toBe(1);
  expect(new Set(states).size).toBe(1);
  expect([states[0]!.lake.state, states[0]!.ledger.state]).toEqual(['ok', 'ok']);
  expect((await probeStores(ctx)).lake.state).toBe('unavailable');
  await ledger.destroy();
  await rm(dataDir, { recursive: true });
});
