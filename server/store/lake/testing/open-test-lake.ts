import { join } from 'node:path';
import type { Lake } from '../lake.ts';
import { openLake } from '../open.ts';
import { startClickHouseServer } from './clickhouse-server.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * A lake for tests of what is above it: embedded in the data folder, or, with `TILTMETER_TEST_SHARDS=2` in the environment,
 * the same over that many shards, so that every statement that the tests ask is tried over Distributed tables.
 */
export async function openTestLake(dataDir: string): Promise<Lake> {
  const shards = Number(process.env.TILTMETER_TEST_SHARDS ?? 0);
  if (shards === 0) return openLake({ dataDir, log: silent });
  const server = await startClickHouseServer({ dir: join(dataDir, 'shards'), shards });
  const lake = await openLake({ dataDir, lakeUrl: server.url, log: silent });
  return {
    ...lake,
    async close() {
      await lake.close();
      await server.close();
    },
  };
}
