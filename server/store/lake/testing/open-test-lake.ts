import { join } from 'node:path';
import type { Lake } from '../lake.ts';
import { openLake } from '../open.ts';
import { type ClickHouseServer, startClickHouseServer } from './clickhouse-server.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * With `TILTMETER_TEST_SHARDS=2` in the environment a server of that many shards, so that every statement that a test leads
 * to is tried over Distributed tables (`npm run test:shards`); without it none.
 */
export async function startTestShards(dataDir: string): Promise<ClickHouseServer | undefined> {
  const shards = Number(process.env.TILTMETER_TEST_SHARDS ?? 0);
  return shards === 0 ? undefined : startClickHouseServer({ dir: join(dataDir, 'shards'), shards });
}

/** A lake for tests of what is above it: embedded in the data folder, or over `startTestShards`. */
export async function openTestLake(dataDir: string): Promise<Lake> {
  const server = await startTestShards(dataDir);
  if (server === undefined) return openLake({ dataDir, log: silent });
  const lake = await openLake({ dataDir, lakeUrl: server.url, log: silent });
  return {
    ...lake,
    async close() {
      await lake.close();
      await server.close();
    },
  };
}
