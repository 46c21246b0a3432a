import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { arrowBatch } from '../../arrow/batch.ts';
import { migrateLake, run } from '../../migrations.ts';
import { openCluster } from './cluster.ts';

/** Needs a cluster of one's own: integrations/clickhouse-cluster/verify.sh. */
const url = process.env.TILTMETER_TEST_LAKE_URL;
const kill = process.env.TILTMETER_TEST_LAKE_KILL;

const KILLS = 8;

test.skipIf(!url || !kill)(
  'servers of the cluster killed under inserts: every acknowledged row is there, once',
  async () => {
    const lake = openCluster({ url: url! });
    try {
      await migrateLake(lake);
      const table = `kill_${process.pid}`;
      await run(
        lake,
        `CREATE TABLE {table:${table}} (id String) ENGINE = {engine:MergeTree} ORDER BY id SETTINGS {events} {shard_by:cityHash64(id)}`,
      );
      const acknowledged = new Set<string>();
      let unanswered = 0;
      let over = false;
      const writer = async (w: number) => {
        for (let i = 0; !over; i++) {
          const ids = Array.from({ length: 500 }, (_, k) => `${w}-${i}-${k}`);
          const column = { name: 'id', kind: 'text', values: ids, distinct: true } as const;
          await lake.insert(arrowBatch(`tiltmeter.${table}`, [column])).then(
            () => {
              for (const id of ids) acknowledged.add(id);
            },
            (error) => {
              expect(error).toMatchObject({ code: 'store_unavailable' });
              unanswered++;
            },
          );
        }
      };
      const writers = [0, 1, 2, 3].map(writer);
      for (let i = 0; i < KILLS; i++) await promisify(execFile)(kill!, [String(i)]);
      over = true;
      await Promise.all(writers);
      const rows = await lake.query<{ id: string; n: number }>(
        `SELECT id, count() AS n FROM tiltmeter.${table} GROUP BY id`,
        {},
        { maxSeconds: 120 },
      );
      const stored = new Map(rows.map(({ id, n }) => [id, n]));
      expect([...acknowledged].filter((id) => stored.get(id) !== 1)).toEqual([]);
      console.info(`${acknowledged.size} rows acknowledged, ${unanswered} inserts not, ${KILLS} kills`);
    } finally {
      await lake.close();
    }
  },
);
