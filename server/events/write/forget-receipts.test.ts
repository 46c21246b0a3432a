import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Ctx } from '../../context.ts';
import type { SingleJob } from '../../jobs/job.ts';
import { openLedger } from '../../store/ledger/open.ts';
import { receiptsJob } from './forget-receipts.ts';

const DAY = 86_400_000;

test('receipts older than a week are removed in pieces, with a turn for others in between', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-receipts-'));
  const now = 30 * DAY;
  const ledger = await openLedger({ dataDir, clock: () => now });
  const row = (id: string, created_at: number) => ({ id, body_hash: '', receipt: null, created_at });
  for (let i = 0; i < 5; i++)
    await ledger
      .insertInto('idempotency')
      .values(Array.from({ length: 1_000 }, (_, j) => row(`${i}-${j}`, i)))
      .execute();
  await ledger
    .insertInto('idempotency')
    .values(row('young', now - 7 * DAY))
    .execute();
  let turns = 0;
  const ctx = { ledger, clock: () => now, turn: async () => void turns++ } as unknown as Ctx;
  await (receiptsJob as SingleJob).run(ctx, { of: 'job', name: 'receipts', server: 's', fence: 1 });
  expect(await ledger.selectFrom('idempotency').select('id').execute()).toEqual([{ id: 'young' }]);
  expect(turns).toBe(2);
  await ledger.destroy();
  rmSync(dataDir, { recursive: true, force: true });
});
