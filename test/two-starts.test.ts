import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type App, createApp } from '../server/app.ts';
import { openCluster } from '../server/store/lake/drivers/cluster/cluster.ts';
import { readMigrations } from '../server/store/lake/migrations/index.ts';
import { migrateLake } from '../server/store/lake/migrations.ts';
import { monthsOf } from '../server/store/lake/sizes.ts';
import { startClickHouseServer } from '../server/store/lake/testing/clickhouse-server.ts';
import { startTestPostgres } from '../server/store/ledger/testing/postgres.ts';
import { TEST_SECRET } from '../server/vault.testing.ts';

test('two servers that start at the same time on a lake of 0.1.0 bring it up to date once, and lose nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tiltmeter-two-starts-'));
  const server = await startClickHouseServer({ dir: join(folder, 'shared'), user: 'u', password: 'p' });
  const postgres = await startTestPostgres();
  const apps: App[] = [];
  const lake = openCluster({ url: server.url });
  try {
    await migrateLake(
      lake,
      (await readMigrations()).filter(({ name }) => name < '0003'),
    );
    await lake.command(
      `INSERT INTO tiltmeter.labels (model, id, label, received_at)
       SELECT 'm', toString(number), 'yes', toDateTime64('2026-01-05 00:00:00', 3, 'UTC') + number FROM numbers(5000)`,
    );
    await lake.command(
      `INSERT INTO tiltmeter.changes (id, model, time, title)
       SELECT toString(number), 'm', toDateTime64('2026-03-05 00:00:00', 3, 'UTC'), 'deploy' FROM numbers(500)`,
    );
    const ledgerUrl = await postgres.createDatabase();
    for (const place of ['one', 'two'])
      apps.push(
        createApp({
          dataDir: join(folder, place),
          port: 0,
          jobs: false,
          lakeUrl: server.url,
          ledgerUrl,
          secretKey: TEST_SECRET,
          adminKey: 'two-starts-test-key-0123456789abcdef',
        }),
      );
    await Promise.all(apps.map((app) => app.start()));
    const count = async (table: string) =>
      (await lake.query<{ n: number }>(`SELECT count() AS n FROM tiltmeter.${table}`))[0]!.n;
    expect([await count('labels'), await count('changes')]).toEqual([5000, 500]);
    expect(await monthsOf(lake, 'labels')).toEqual(['202601']);
    expect(await monthsOf(lake, 'changes')).toEqual(['202603']);
  } finally {
    for (const app of apps) await app.stop();
    await lake.close();
    await server.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
