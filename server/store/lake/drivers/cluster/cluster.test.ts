import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { zstdDecompressSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { arrowBatch } from '../../arrow/batch.ts';
import type { Lake } from '../../lake.ts';
import { migrateLake } from '../../migrations.ts';
import { addColumns, createModelTable } from '../../model-table.ts';
import { openLake } from '../../open.ts';
import { startClickHouseServer } from '../../testing/clickhouse-server.ts';
import { openCluster } from './cluster.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
const batch = arrowBatch('tiltmeter.rows', [{ name: 'id', kind: 'text', values: ['a'], distinct: true }]);

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function listen(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function open(url: string) {
  const lake = openCluster({ url });
  cleanups.push(() => lake.close());
  return lake;
}

test('a server that is not there is store_unavailable', async () => {
  const lake = open('http://127.0.0.1:1');
  await expect(lake.query('SELECT 1')).rejects.toMatchObject({ code: 'store_unavailable', retryAfter: 2 });
  await expect(lake.insert(batch)).rejects.toMatchObject({ code: 'store_unavailable' });
  await expect(openLake({ dataDir: '', lakeUrl: 'http://me:secret@127.0.0.1:1', log })).rejects.toMatchObject(
    {
      code: 'store_unavailable',
      message: 'The lake at 127.0.0.1:1 does not answer',
    },
  );
});

test.each<[string, RequestListener]>([
  [
    'a proxy without a server behind it',
    (_, response) => response.writeHead(502).end('<html>Bad gateway</html>'),
  ],
  ['a connection that breaks before the answer', (request) => request.socket.destroy()],
  [
    'a connection that breaks within the answer',
    (request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"a":[1');
      setImmediate(() => request.socket.destroy());
    },
  ],
])('%s is store_unavailable', async (_, listener) => {
  const lake = open(await listen(listener));
  await expect(lake.query('SELECT 1')).rejects.toMatchObject({ code: 'store_unavailable' });
  await expect(lake.insert(batch)).rejects.toMatchObject({ code: 'store_unavailable' });
});

test('an error the server finds after the rows is the error, not success', async () => {
  const listener: RequestListener = async (request, response) => {
    await buffer(request);
    response.writeHead(500, { 'x-clickhouse-exception-code': '243' });
    response.end('Code: 243. DB::Exception: Cannot reserve 1.00 MiB. (NOT_ENOUGH_SPACE) (version 26.7.2.1)');
  };
  await expect(open(await listen(listener)).insert(batch)).rejects.toMatchObject({ code: 'disk_full' });
});

test('a wrong password is told at the start, by the name of the option', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tiltmeter-cluster-'));
  cleanups.push(() => rm(dir, { recursive: true, force: true }));
  const server = await startClickHouseServer({ dir, user: 'tiltmeter', password: 'right' });
  cleanups.push(() => server.close());
  await expect(
    openLake({ dataDir: '', lakeUrl: server.url.replace('right', 'wrong'), log }),
  ).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringContaining('TILTMETER_LAKE_URL'),
  });
});

test('an insert is one compressed request: the statement, a line break, the rows', async () => {
  const seen: { url: string; body: Buffer; encoding: unknown }[] = [];
  const url = await listen(async (request, response) => {
    seen.push({
      url: request.url!,
      body: await buffer(request),
      encoding: request.headers['content-encoding'],
    });
    response.end();
  });
  await open(url).insert(batch);
  expect(seen).toHaveLength(1);
  expect(seen[0]!.encoding).toBe('zstd');
  const statement =
    "INSERT INTO tiltmeter.rows (`id`) SELECT `id` FROM input('`id` String') FORMAT ArrowStream\n";
  expect(zstdDecompressSync(seen[0]!.body)).toEqual(Buffer.concat([Buffer.from(statement), batch.arrow]));
  const settings = new URL(seen[0]!.url, url).searchParams;
  expect(settings.get('wait_end_of_query')).toBe('1');
  expect(settings.get('async_insert')).toBe('0');
  expect(settings.get('max_execution_time')).toBe('60');
  expect(settings.has('query')).toBe(false);
  expect(settings.has('session_id')).toBe(false);
});

test('with a cluster, tables are replicated on it, with Distributed ones over them', async () => {
  const statements: string[] = [];
  const url = await listen(async (request, response) => {
    statements.push(String(unpack(await buffer(request))));
    response.end();
  });
  const lake = open(`${url}?cluster=main&quorum=1`);
  await createModelTable(lake, 'predictions_a');
  await addColumns(lake, 'predictions_a', [{ name: 'a {events} b', kind: 'numeric' }]);
  expect(statements).toEqual([
    expect.stringMatching(
      /^CREATE TABLE IF NOT EXISTS tiltmeter.`predictions_a_local` ON CLUSTER `main` \([\s\S]*ENGINE = ReplicatedMergeTree\('/,
    ),
    expect.stringContaining('Distributed(`main`, tiltmeter, `predictions_a_local`, cityHash64(_id))'),
    'ALTER TABLE tiltmeter.`predictions_a_local` ON CLUSTER `main` ADD COLUMN IF NOT EXISTS _f_a_20__7b_events_7d__20_b Nullable(Float64)',
    'ALTER TABLE tiltmeter.`predictions_a` ON CLUSTER `main` ADD COLUMN IF NOT EXISTS _f_a_20__7b_events_7d__20_b Nullable(Float64)',
  ]);
});

test('with a cluster, every statement says what makes it mean the same over shards', async () => {
  const addresses: string[] = [];
  const url = await listen(async (request, response) => {
    addresses.push(request.url!);
    await buffer(request);
    response.end();
  });
  const lake = open(`${url}?cluster=main&quorum=2`);
  await lake.query('SELECT 1');
  await lake.command('SELECT 1');
  await lake.insert(batch);
  for (const address of addresses)
    expect(Object.fromEntries(new URL(address, url).searchParams)).toMatchObject({
      distributed_foreground_insert: '1',
      parallel_distributed_insert_select: '0',
      prefer_global_in_and_join: '1',
      load_balancing: 'in_order',
      prefer_localhost_replica: '0',
      max_replica_delay_for_distributed_queries: '5',
      skip_unavailable_shards: '0',
      optimize_skip_unused_shards: '0',
    });
  expect(addresses).toHaveLength(3);
});

test.each([
  { replicas: 1, quorum: '1' },
  { replicas: 2, quorum: '1' },
  { replicas: 3, quorum: 'auto' },
  { replicas: 2, said: 'auto', quorum: 'auto' },
  { replicas: 3, said: '1', quorum: '1' },
])('of $replicas replicas, asked for $said, $quorum have to have what is written', async (one) => {
  const { replicas, said, quorum } = one;
  const asked: string[] = [];
  const url = await listen(async (request, response) => {
    const sql = String(unpack(await buffer(request)));
    if (sql.includes('system.clusters')) response.end(`{"replicas":"${replicas}"}\n`);
    else {
      const { searchParams } = new URL(request.url!, 'http://lake');
      asked.push(searchParams.get('insert_quorum') ?? '');
      response.end();
    }
  });
  const lake = open(`${url}?cluster=main${said === undefined ? '' : `&quorum=${said}`}`);
  await lake.insert(batch);
  await lake.command('INSERT INTO t SELECT 1');
  expect(asked).toEqual([quorum, quorum]);
});

test('a server that does not say how many replicas there are is asked again, and nothing is written meanwhile', async () => {
  let away = true;
  let written = 0;
  const url = await listen(async (request, response) => {
    const sql = String(unpack(await buffer(request)));
    if (!sql.includes('system.clusters')) written++;
    else if (away) return void response.writeHead(503).end('away');
    response.end(sql.includes('system.clusters') ? '{"replicas":3}\n' : '');
  });
  const lake = open(`${url}?cluster=main`);
  await expect(lake.insert(batch)).rejects.toMatchObject({ code: 'store_unavailable' });
  expect(written).toBe(0);
  away = false;
  await lake.insert(batch);
  expect(written).toBe(1);
});

test('without a cluster nothing is said about shards', async () => {
  let address = '';
  const url = await listen(async (request, response) => {
    address = request.url!;
    await buffer(request);
    response.end();
  });
  await open(url).insert(batch);
  expect(address).not.toMatch(/distributed|quorum|global/);
});

test.each([
  ['the cluster is not known', [], [], /knows no cluster main/],
  ['it has another number of shards', [{ shards: 3 }], [{ name: 'shards=2' }], /made on 2 shards.*has 3/],
])('a lake does not open when %s', async (_, clusters, journal, message) => {
  const lake = scripted((sql) =>
    sql.includes('system.clusters') ? clusters : sql.includes('`migrations`') ? journal : [],
  );
  await expect(migrateLake(lake, [])).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringMatching(message),
  });
});

test('how many shards a lake was made on is noted once', async () => {
  const notes: unknown[] = [];
  const lake = scripted((sql) => (sql.includes('system.clusters') ? [{ shards: 2 }] : []), notes);
  await migrateLake(lake, []);
  expect(notes).toContainEqual({ name: 'shards=2' });
});

test('replicated tables of version 0.1 become those that hold the rows', async () => {
  const done: string[] = [];
  const tables = ['labels', 'predictions_x__local', 'profiles_local'];
  const lake = scripted(
    (sql) =>
      sql.includes('system.clusters')
        ? [{ shards: 1 }]
        : sql.includes("LIKE 'Replicated%'")
          ? tables.map((name) => ({ name }))
          : [],
    [],
    done,
  );
  await migrateLake(lake, []);
  expect(done.filter((sql) => sql.startsWith('RENAME'))).toEqual([
    'RENAME TABLE tiltmeter.`labels` TO tiltmeter.`labels_local` ON CLUSTER `main`',
    'RENAME TABLE tiltmeter.`predictions_x__local` TO tiltmeter.`predictions_x__local_local` ON CLUSTER `main`',
  ]);
  expect(done.filter((sql) => sql.includes('`labels_local`, rand())'))).toHaveLength(1);
  const several = scripted((sql) =>
    sql.includes('system.clusters')
      ? [{ shards: 2 }]
      : sql.includes("LIKE 'Replicated%'")
        ? [{ name: 'labels' }]
        : [],
  );
  await expect(migrateLake(several, [])).rejects.toMatchObject({
    message: expect.stringContaining('version 0.1'),
  });
});

/** A lake on the cluster `main` that answers questions as told, and tells the parameters and texts of its commands. */
function scripted(answer: (sql: string) => object[], params: unknown[] = [], texts: string[] = []): Lake {
  return {
    cluster: 'main',
    query: async <Row>(sql: string) => answer(sql) as Row[],
    async command(sql, bound) {
      texts.push(sql);
      params.push(bound);
    },
    insert: async () => {},
    close: async () => {},
  };
}

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const unpack = (bytes: Buffer) => (bytes.subarray(0, 4).equals(MAGIC) ? zstdDecompressSync(bytes) : bytes);
