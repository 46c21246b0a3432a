import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClickHouseServer, startClickHouseServer } from './clickhouse-server.ts';

let dir: string;
let server: ClickHouseServer;
let base: string;
const headers = { 'x-clickhouse-user': 'me', 'x-clickhouse-key': 'secret' };
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tiltmeter-http-'));
  server = await startClickHouseServer({ dir, user: 'me', password: 'secret' });
  base = `http://${new URL(server.url).host}`;
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

const post = (
  query: Record<string, string>,
  body: string | Uint8Array<ArrayBuffer> | FormData = '',
  extra: Record<string, string> = {},
) =>
  fetch(`${base}/?${new URLSearchParams(query)}`, {
    method: 'POST',
    body,
    headers: { ...headers, ...extra },
  });

describe('ClickHouse over HTTP, for tests', () => {
  test('answers a ping without a password', async () => {
    expect(await (await fetch(`${base}/ping`)).text()).toBe('Ok.\n');
  });

  test('takes the statement from the body, the address, or both', async () => {
    expect(await (await post({}, 'SELECT 1, 2')).text()).toBe('1\t2\n');
    expect(await (await post({ query: 'SELECT 3' })).text()).toBe('3\n');
    expect(await (await post({ query: 'SELECT' }, '4')).text()).toBe('4\n');
    expect(await (await fetch(`${base}/?query=SELECT%205`, { headers })).text()).toBe('5\n');
  });

  test('takes the format from the statement or from default_format', async () => {
    expect(await (await post({}, 'SELECT 1 AS a FORMAT JSONEachRow')).json()).toEqual({ a: 1 });
    expect(await (await post({ default_format: 'CSV' }, "SELECT 1, 'a'")).text()).toBe('1,"a"\n');
  });

  test('binds parameters from the address and from a form', async () => {
    expect(
      await (await post({ param_a: "it's \\n" }, 'SELECT {a:String} FORMAT JSONCompactEachRow')).json(),
    ).toEqual(["it's \n"]);
    const form = new FormData();
    form.set('query', 'SELECT {a:Array(Int64)}');
    form.set('param_a', '[1,2]');
    expect(await (await post({}, form)).text()).toBe('[1,2]\n');
  });

  test('settings and the database hold for one request', async () => {
    await post({}, 'CREATE DATABASE one');
    expect(
      await (
        await post(
          { max_threads: '1', database: 'one' },
          "SELECT getSetting('max_threads'), currentDatabase()",
        )
      ).text(),
    ).toBe('1\tone\n');
    expect(await (await post({}, "SELECT getSetting('max_threads'), currentDatabase()")).text()).toBe(
      '2\tdefault\n',
    );
  });

  test.each([
    ['SELECT * FROM nothing', 404, '60'],
    ['SELEC', 400, '62'],
    ['SELECT throwIf(1)', 500, '395'],
  ])('%s is status %i, code %s', async (sql, status, code) => {
    const answer = await post({}, sql);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-clickhouse-exception-code')).toBe(code);
    expect(await answer.text()).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: `));
  });

  test('refuses a wrong password', async () => {
    const answer = await fetch(`${base}/?query=SELECT%201`);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-clickhouse-exception-code')).toBe('516');
  });

  test('takes the rows of an insert from the body, compressed or not', async () => {
    await post({}, 'CREATE TABLE default.t (a Int64, b String) ENGINE = MergeTree ORDER BY a');
    const rows = '{"a":1,"b":"x FORMAT CSV\\n"}\n{"a":2,"b":"é"}\n';
    const query = 'INSERT INTO default.t FORMAT JSONEachRow';
    expect((await post({ query }, rows)).status).toBe(200);
    expect((await post({}, `${query}\n${rows}`)).status).toBe(200);
    for (const [codec, pack] of [
      ['gzip', zlib.gzipSync],
      ['deflate', zlib.deflateSync],
      ['zstd', zlib.zstdCompressSync],
      ['br', zlib.brotliCompressSync],
    ] as const)
      expect((await post({ query }, new Uint8Array(pack(rows)), { 'content-encoding': codec })).status).toBe(
        200,
      );
    const select =
      "INSERT INTO default.t (a, b) SELECT a * 10, b FROM input('a Int64, b String') FORMAT CSV\n3,z\n";
    expect((await post({}, select)).status).toBe(200);
    expect(
      await (
        await post(
          {},
          'SELECT a, count(), any(b) FROM default.t GROUP BY a ORDER BY a FORMAT JSONCompactEachRow',
        )
      ).text(),
    ).toBe('[1, 6, "x FORMAT CSV\\n"]\n[2, 6, "é"]\n[30, 1, "z"]\n');
  });

  test('compresses its answer only when asked', async () => {
    const plain = await post({}, 'SELECT 1');
    expect(plain.headers.get('content-encoding')).toBeNull();
    const packed = await post({ enable_http_compression: '1' }, 'SELECT 1', { 'accept-encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.text()).toBe('1\n');
  });
});
