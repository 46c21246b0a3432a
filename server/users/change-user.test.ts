import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ctx, SYSTEM } from '../context.ts';
import { createIds } from '../ids.ts';
import { openLedger } from '../store/ledger/open.ts';
import { startTestPostgres, type TestPostgres } from '../store/ledger/testing/postgres.ts';
import { TEST_VAULT } from '../vault.testing.ts';
import { changeUser } from './change-user.ts';
import { createUser } from './create-user.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres?.stop());

test('of two admins who change different things at once neither undoes the other', async () => {
  const ledger = await openLedger({
    dataDir: '/nowhere',
    ledgerUrl: await postgres.createDatabase(),
    clock: Date.now,
  });
  const ctx = {
    actor: SYSTEM,
    vault: TEST_VAULT,
    ledger,
    clock: Date.now,
    ids: createIds(Date.now),
  } as unknown as Ctx;
  await createUser(ctx, { email: 'admin@example.org', name: 'Admin', role: 'admin' });
  for (let round = 0; round < 10; round++) {
    const { id } = await createUser(ctx, { email: `${round}@example.org`, name: 'old', role: 'viewer' });
    await Promise.all([
      changeUser(ctx, id, { name: 'new' }),
      changeUser(ctx, id, { role: 'editor' }),
      changeUser(ctx, id, { disabled: true }),
    ]);
    const row = await ledger.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ name: 'new', role: 'editor', disabled_at: expect.any(Number) });
  }
  await ledger.destroy();
});
