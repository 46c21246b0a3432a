import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { until } from '../../../test/until.ts';
import { startTestPostgres, type TestPostgres } from '../../store/ledger/testing/postgres.ts';
import { TEST_SECRET } from '../../vault.testing.ts';
import { page, startScraping } from './scrape.testing.ts';

let world: Awaited<ReturnType<typeof startScraping>>;
let postgres: TestPostgres;
const servers: TestApp[] = [];

/** Two that share a ledger; each has a lake of its own, which tells who scraped. */
beforeAll(async () => {
  world = await startScraping();
  postgres = await startTestPostgres();
  const ledgerUrl = await postgres.createDatabase();
  const own = { scrapeFile: world.file, scrapePrivateAddresses: true, ledgerUrl, secretKey: TEST_SECRET };
  for (let i = 0; i < 2; i++) servers.push(await startTestApp(own));
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await postgres?.stop();
  await world?.stop();
});

const scrapes = async ({ app }: TestApp): Promise<number> => {
  const [row] = await app.ctx.lake.query<{ n: number }>(
    "SELECT count() AS n FROM tiltmeter.metric_samples WHERE Flags = 0 AND Series IN (SELECT Series FROM tiltmeter.metric_series WHERE MetricName = 'up')",
  );
  return row!.n;
};

test('of two servers one scrapes, both tell of it, and the other goes on when it stops', async () => {
  const [first, second] = servers as [TestApp, TestApp];
  world.pages.set('/shared', page('a 1\n'));
  await world.configure(world.job('shared'));
  const look = async () => {
    await first.app.runJob('scrape');
    await second.app.runJob('scrape');
  };
  await until(async () => {
    await look();
    return (await scrapes(first)) >= 3;
  });
  expect(await scrapes(second)).toBe(0);
  for (const server of [first, second])
    expect((await world.list(server)).items).toMatchObject([{ job: 'shared', state: 'up' }]);
  const { since } = (await world.list(second)).items[0]!;
  await first.stop();
  servers.shift();
  await until(async () => {
    await second.app.runJob('scrape');
    return (await scrapes(second)) >= 2;
  });
  // It has been up all the while.
  expect((await world.list(second)).items).toMatchObject([{ job: 'shared', state: 'up', since }]);
});
