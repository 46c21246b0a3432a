import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { arrowBatch } from '../../arrow/batch.ts';
import { openEmbedded } from './embedded.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

test('the host is killed 30 times at random moments: every acknowledged row is there, once', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'tiltmeter-kill-'));
  const lake = await openEmbedded({ dir, log });
  await lake.command('CREATE DATABASE tiltmeter');
  await lake.command(
    'CREATE TABLE tiltmeter.rows (id String) ENGINE = MergeTree ORDER BY id SETTINGS fsync_after_insert = 1, fsync_part_directory = 1',
  );
  const acknowledged: string[] = [];
  let stopped = false;
  let failed = 0;
  const writer = async (w: number) => {
    for (let i = 0; !stopped; i++) {
      const ids = Array.from({ length: 500 }, (_, k) => `${w}-${i}-${k}`);
      try {
        await lake.insert(
          arrowBatch('tiltmeter.rows', [{ name: 'id', kind: 'text', values: ids, distinct: true }]),
        );
        acknowledged.push(...ids);
      } catch (error) {
        expect(error).toMatchObject({ code: 'store_unavailable' });
        failed++;
      }
    }
  };
  const writers = [0, 1, 2, 3].map(writer);
  for (let kill = 0; kill < 30; kill++) {
    await delay(Math.random() * 700);
    const { pid } = lake.stats();
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  }
  stopped = true;
  await Promise.all(writers);
  await lake.close();

  const again = await openEmbedded({ dir, log });
  const stored = await again.query<{ id: string; n: number }>(
    'SELECT id, count() AS n FROM tiltmeter.rows GROUP BY id',
  );
  const times = new Map(stored.map((row) => [row.id, row.n]));
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(failed).toBeGreaterThan(0);
  expect(acknowledged.filter((id) => times.get(id) !== 1)).toEqual([]);
  await again.close();
  await rm(dir, { recursive: true, force: true });
});
