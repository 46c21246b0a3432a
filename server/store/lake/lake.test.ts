import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCluster } from './drivers/cluster/cluster.ts';
import { openEmbedded } from './drivers/embedded/embedded.ts';
import { lakeContract } from './lake.contract.ts';
import { startClickHouseServer } from './testing/clickhouse-server.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const folder = () => mkdtemp(join(tmpdir(), 'tiltmeter-lake-'));

lakeContract('embedded', async () => {
  const dir = await folder();
  return {
    open: () => openEmbedded({ dir, log }),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
});

lakeContract('cluster', async () => {
  const dir = await folder();
  const server = await startClickHouseServer({ dir, user: 'tiltmeter', password: 'a:b/c d' });
  return {
    open: async () => openCluster({ url: server.url, statementMemoryBytes: 300e6 }),
    remove: async () => {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
});

lakeContract('cluster, two shards', async () => {
  const dir = await folder();
  const server = await startClickHouseServer({ dir, shards: 2 });
  return {
    open: async () => openCluster({ url: server.url, statementMemoryBytes: 300e6 }),
    remove: async () => {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
});

// A server of one's own, for what the server above cannot prove (docs/lake.md). Its database `tiltmeter` is filled with tables.
const realServer = process.env.TILTMETER_TEST_LAKE_URL;
if (realServer)
  lakeContract('cluster, on a real server', async () => ({
    open: async () => openCluster({ url: realServer, statementMemoryBytes: 300e6 }),
    remove: async () => {},
  }));
