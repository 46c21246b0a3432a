import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { arrowBatch } from '../../arrow/batch.ts';
import { migrateLake } from '../../migrations.ts';
import { type EmbeddedLake, openEmbedded } from './embedded.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

let dir: string;
let lake: EmbeddedLake | undefined;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tiltmeter-embedded-'));
});
afterEach(async () => {
  await lake?.close();
  lake = undefined;
  await rm(dir, { recursive: true, force: true });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(10);
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const batch = (ids: string[]) =>
  arrowBatch('tiltmeter.rows', [{ name: 'id', kind: 'text', values: ids, distinct: true }]);

async function openWithTable(options = {}): Promise<EmbeddedLake> {
  const opened = await openEmbedded({ dir, log, ...options });
  await migrateLake(opened, [
    {
      name: 'rows',
      sql: 'CREATE TABLE IF NOT EXISTS {table:rows} (id String) ENGINE = {engine:MergeTree} ORDER BY id SETTINGS {events} {shard_by:cityHash64(id)}',
    },
  ]);
  return opened;
}

const count = async (of: EmbeddedLake) =>
  (
    await of.query<{ n: number; u: number }>('SELECT count() AS n, uniqExact(id) AS u FROM tiltmeter.rows')
  )[0];

test('a disk that is nearly full takes nothing more, is read, and lets room be made', async () => {
  lake = await openWithTable();
  await lake.insert(batch(['a', 'b']));
  await lake.close();
  lake = await openWithTable({ reserveBytes: Number.MAX_SAFE_INTEGER });
  const full = { code: 'disk_full', retryAfter: 10 };
  await expect(lake.insert(batch(['c']))).rejects.toMatchObject(full);
  const table = 'CREATE TABLE IF NOT EXISTS tiltmeter.more (id String) ENGINE = MergeTree ORDER BY id';
  for (const writes of [
    table,
    'ALTER TABLE tiltmeter.rows ADD COLUMN x String',
    "INSERT INTO tiltmeter.rows VALUES ('c')",
  ])
    await expect(lake.command(writes)).rejects.toMatchObject(full);
  expect(await count(lake)).toEqual({ n: 2, u: 2 });
  await lake.command('ALTER TABLE tiltmeter.rows DROP PARTITION tuple()');
  expect(await count(lake)).toEqual({ n: 0, u: 0 });
});

test('parts that were merged are on the disk before those they were made of go, which go a few at a time', async () => {
  lake = await openWithTable();
  const set = await lake.query<{ name: string; value: string }>(
    "SELECT name, value FROM system.merge_tree_settings WHERE name IN ('old_parts_lifetime', 'min_rows_to_fsync_after_merge', 'cleanup_delay_period') ORDER BY name",
  );
  expect(Object.fromEntries(set.map(({ name, value }) => [name, value]))).toEqual({
    old_parts_lifetime: '0',
    min_rows_to_fsync_after_merge: '1',
    cleanup_delay_period: '1',
  });
});

/** Of commands there are none: they would have to lie in a folder of the lake. */
const NOT_LET = /Not enough privileges|does not exist inside user scripts folder/;

test('a statement reaches no address, no other database and no command, and writes no file by a table', async () => {
  let called = 0;
  const server = createServer((_request, reply) => reply.end(`${++called}`)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/bucket/x.csv`;
  lake = await openWithTable();
  const written = join(dir, 'written.csv');
  const denied = async (sql: string) => {
    const error = await lake!.command(sql).catch((error) => error);
    expect([sql, `${error?.cause}`]).toEqual([sql, expect.stringMatching(NOT_LET)]);
  };
  try {
    for (const from of [
      `url('${url}', 'CSV', 'x String')`,
      `s3('${url}', 'CSV', 'x String')`,
      `remote('127.0.0.1:${port}', system.one)`,
      `mysql('127.0.0.1:${port}', 'd', 't', 'u', 'p')`,
      `postgresql('127.0.0.1:${port}', 'd', 't', 'u', 'p')`,
      `sqlite('${join(dir, 'x.db')}', 't')`,
      "executable('id', 'CSV', 'x String')",
    ])
      await denied(`INSERT INTO tiltmeter.rows SELECT * FROM ${from}`);
    await denied(`INSERT INTO FUNCTION file('${written}', 'CSV', 'x String') SELECT 'a'`);
    await denied(`INSERT INTO FUNCTION url('${url}', 'CSV', 'x String') SELECT 'a'`);
    for (const engine of [`URL('${url}', 'CSV')`, `File('CSV', '${written}')`])
      await denied(`CREATE TABLE tiltmeter.outside (x String) ENGINE = ${engine}`);
    await denied("CREATE DATABASE outside ENGINE = Filesystem('/etc')");
    await denied('GRANT ALL ON *.* TO default');
    await denied('CREATE USER another');
    await expect(lake.query(`SELECT 1 AS a INTO OUTFILE '${written}' FORMAT CSV`)).rejects.toThrow('OUTFILE');
  } finally {
    server.close();
  }
  expect(called).toBe(0);
  await expect(access(written)).rejects.toThrow();
  await lake.insert(batch(['a']));
  expect(await count(lake)).toEqual({ n: 1, u: 1 });
});

describe('the lake host', () => {
  test('killed in the middle of inserts: it comes back with every acknowledged row', async () => {
    lake = await openWithTable();
    const acknowledged: string[] = [];
    let failed = 0;
    let kills = 0;
    const writer = async (w: number) => {
      for (let i = 0; i < 12; i++) {
        const ids = Array.from({ length: 200 }, (_, k) => `${w}-${i}-${k}`);
        try {
          await lake!.insert(batch(ids));
          acknowledged.push(...ids);
        } catch (error) {
          expect(error).toMatchObject({ code: 'store_unavailable' });
          failed++;
        }
        if (w === 0 && i % 4 === 3 && kills < 3) {
          kills++;
          process.kill(lake!.stats().pid!, 'SIGKILL');
        }
      }
    };
    await Promise.all([0, 1, 2, 3].map(writer));
    const stored = new Set(
      (await lake.query<{ id: string }>('SELECT id FROM tiltmeter.rows')).map((row) => row.id),
    );
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    // a batch that was not acknowledged is there as a whole or not at all
    expect((await count(lake))!.n % 200).toBe(0);
    expect(lake.stats().restarts).toBe(3);
    expect(failed).toBeGreaterThan(0);
  });

  test('killed under a question: the question is asked again', async () => {
    lake = await openWithTable();
    const answer = lake.query('SELECT sleep(1)');
    process.kill(lake.stats().pid!, 'SIGKILL');
    expect(await answer).toHaveLength(1);
    expect(lake.stats().restarts).toBe(1);
  });

  test('silent: it is killed and replaced', async () => {
    lake = await openWithTable({ heartbeat: { everyMs: 50, silentMs: 500 } });
    await lake.insert(batch(['a']));
    const before = lake.stats().pid!;
    process.kill(before, 'SIGSTOP');
    expect((await count(lake))!.n).toBe(1);
    expect(lake.stats().pid).not.toBe(before);
    expect(isAlive(before)).toBe(false);
  });

  test('answers its heartbeat while a long statement runs', async () => {
    lake = await openWithTable({ heartbeat: { everyMs: 20, silentMs: 2000 } });
    await lake.query('SELECT sleep(3)');
    expect(lake.stats().restarts).toBe(0);
    expect(lake.stats().rss).toBeGreaterThan(0);
  });

  test('reads do not hold up inserts', async () => {
    lake = await openWithTable();
    // As many as are answered at once.
    const reads = [1, 2].map(() => lake!.query('SELECT sleep(2)'));
    let answered = 0;
    for (const read of reads) void read.then(() => answered++);
    await lake.insert(batch(['a']));
    expect(answered).toBe(0);
    await Promise.all(reads);
  });

  test('people do not wait for work in the background', async () => {
    lake = await openWithTable();
    let ended = 0;
    const work = [1, 2].map(() =>
      lake!.query('SELECT sleep(2)', {}, { background: true }).then(() => ended++),
    );
    await Promise.all([count(lake), count(lake)]);
    expect(ended).toBe(0);
    await Promise.all(work);
  });

  test('that hangs while it opens is told about, given up and killed', async () => {
    const words: object[] = [];
    const program = new URL('./fixtures/hanging-host.ts', import.meta.url);
    const opening = { withinMs: 1500, sayEveryMs: 200, program };
    const error = await openEmbedded({
      dir,
      log: { ...log, warn: (fields, message) => void words.push({ ...fields, message }) },
      opening,
    }).catch((error) => error);
    expect(error).toMatchObject({
      code: 'store_unavailable',
      message: 'The lake could not be opened: the engine did not open its folder within 1.5 s',
    });
    const [word] = words as { message: string; pid: number }[];
    expect(word?.message).toBe('the lake is still being opened');
    expect(isAlive(word!.pid)).toBe(false);
  });

  test('that hangs when it is started again is replaced, and the lake goes on', async () => {
    const program = new URL('./fixtures/once-hanging-host.ts', import.meta.url);
    lake = await openWithTable({ opening: { withinMs: 3000, sayEveryMs: 200, program } });
    await lake.insert(batch(['a']));
    await writeFile(join(dir, 'spool', 'hang'), '');
    process.kill(lake.stats().pid!, 'SIGKILL');
    expect((await count(lake))!.n).toBe(1);
    expect(lake.stats().restarts).toBe(1);
  });

  test('more waiting than the queue takes is refused at once, with a time to come back', async () => {
    lake = await openWithTable({ queueDepth: 3 });
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => lake!.query('SELECT sleep(0.2)')),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(5);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: 'store_unavailable', retryAfter: 2 });
  });

  test('ends when its parent is killed', async () => {
    const parent = fork(new URL('./fixtures/parent.ts', import.meta.url), [dir]);
    const pid = await new Promise<number>((resolve) =>
      parent.once('message', (pid) => resolve(pid as number)),
    );
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid));
    // and the folder is free again
    lake = await openWithTable();
  });

  test('ignores the signals of the terminal', async () => {
    lake = await openWithTable();
    const { pid } = lake.stats();
    process.kill(pid!, 'SIGINT');
    process.kill(pid!, 'SIGTERM');
    expect((await count(lake))!.n).toBe(0);
    expect(lake.stats().pid).toBe(pid);
  });
});

describe('the data folder', () => {
  test('of another process is data_folder_locked', async () => {
    lake = await openWithTable();
    await expect(openEmbedded({ dir, log })).rejects.toMatchObject({ code: 'data_folder_locked' });
    expect((await count(lake))!.n).toBe(0);
  });

  test('may have nearly any name', async () => {
    const odd = join(dir, "it's a folder, [1]; \\n é % `x`");
    await mkdir(odd);
    lake = await openEmbedded({ dir: odd, log });
    await lake.command('CREATE DATABASE tiltmeter');
    await lake.command('CREATE TABLE tiltmeter.rows (id String) ENGINE = MergeTree ORDER BY id');
    await lake.insert(batch(['a']));
    expect((await count(lake))!.n).toBe(1);
  });

  test('with a path that the engine would read as a pattern is refused', async () => {
    await expect(openEmbedded({ dir: join(dir, 'a{b}'), log })).rejects.toMatchObject({
      code: 'invalid_option',
    });
  });

  test('is cleared of insert files that a killed server left behind', async () => {
    await mkdir(join(dir, 'spool'));
    await writeFile(join(dir, 'spool', '1-1.arrow'), 'x');
    lake = await openWithTable();
    await lake.insert(batch(['a']));
    // Its own file goes behind the answer.
    await vi.waitUntil(async () => (await readdir(join(dir, 'spool'))).length === 0);
  });

  test('keeps its rows over a close and an open', async () => {
    lake = await openWithTable();
    await lake.insert(batch(['a', 'b']));
    await lake.close();
    lake = await openWithTable();
    expect(await count(lake)).toEqual({ n: 2, u: 2 });
  });

  test('that is full is disk_full; what was acknowledged stays', async (context) => {
    const mount = join(dir, 'small');
    await mkdir(mount);
    const mounted = await promisify(execFile)('mount', [
      '-t',
      'tmpfs',
      '-o',
      'size=24m',
      'tmpfs',
      mount,
    ]).then(
      () => true,
      () => false,
    );
    if (!mounted) return context.skip('mounting needs root');
    try {
      lake = await openEmbedded({ dir: mount, log, reserveBytes: 0 });
      await lake.command('CREATE DATABASE tiltmeter');
      await lake.command('CREATE TABLE tiltmeter.rows (id String) ENGINE = MergeTree ORDER BY id');
      await lake.insert(batch(['a', 'b']));
      const random = Array.from({ length: 40_000 }, (_, i) =>
        `${i}-${'é'.repeat(i % 7)}${Math.sin(i)}`.repeat(5),
      );
      let code: string | undefined;
      for (let i = 0; i < 40 && code === undefined; i++)
        await lake.insert(batch(random.map((id) => `${i}${id}`))).catch((error) => {
          code = error.code;
        });
      expect(code).toBe('disk_full');
      expect(
        await lake.query("SELECT id FROM tiltmeter.rows WHERE id IN ('a', 'b') ORDER BY id"),
      ).toHaveLength(2);
    } finally {
      await lake?.close();
      lake = undefined;
      await promisify(execFile)('umount', [mount]);
    }
    await access(mount);
  });
});

test.runIf(process.platform === 'linux')(
  'the process of the engine gets none of the settings, some of which are secrets',
  async () => {
    process.env.TILTMETER_ADMIN_KEY = 'a-secret-that-the-engine-need-not-know';
    try {
      lake = await openEmbedded({ dir, log });
    } finally {
      delete process.env.TILTMETER_ADMIN_KEY;
    }
    expect(await readFile(`/proc/${lake.stats().pid}/environ`, 'utf8')).not.toContain('TILTMETER_');
  },
);
