import { expect, test } from 'vitest';
import { deleteCounted, deleteRows, updateRows } from './delete-rows.ts';
import type { Lake, LakeParam } from './lake.ts';

const WHERE = 'id IN ({ids:Array(String)})';
const PARAMS = { ids: ['somebody'] };

/** A lake with rows in these partitions, and all that was asked of it and said to it. */
function lakeWith(partitions: readonly string[], cluster?: string) {
  const said: { sql: string; params: Readonly<Record<string, LakeParam>> | undefined }[] = [];
  const asked: string[] = [];
  const lake: Lake = {
    ...(cluster === undefined ? {} : { cluster }),
    async query<Row>(sql: string) {
      asked.push(sql);
      return (
        sql.includes('count()') ? [{ n: partitions.length }] : partitions.map((partition) => ({ partition }))
      ) as Row[];
    },
    async command(sql, params) {
      said.push({ sql, params });
    },
    insert: async () => {},
    close: async () => {},
  };
  return { lake, said, asked };
}

test('on a cluster rows are looked for on all shards, and deleted from the tables that hold them, on every server', async () => {
  const { lake, said, asked } = lakeWith(['202601', '202602'], 'main');
  expect(await deleteCounted(lake, 'labels', WHERE, PARAMS)).toBe(2);
  expect(asked).toHaveLength(2);
  for (const sql of asked) expect(sql).toContain('FROM tiltmeter.`labels` WHERE');
  expect(said).toEqual(
    ['202601', '202602'].map((partition) => ({
      sql: `ALTER TABLE tiltmeter.\`labels_local\` ON CLUSTER \`main\` DELETE IN PARTITION ID '${partition}' WHERE ${WHERE} SETTINGS mutations_sync = 2`,
      params: PARAMS,
    })),
  );
});

test('on a cluster rows are changed on every server', async () => {
  const { lake, said } = lakeWith(['all'], 'main');
  await updateRows(lake, 'labels', "source = ''", WHERE, PARAMS);
  expect(said.map(({ sql }) => sql)).toEqual([
    `ALTER TABLE tiltmeter.\`labels_local\` ON CLUSTER \`main\` UPDATE source = '' IN PARTITION ID 'all' WHERE ${WHERE} SETTINGS mutations_sync = 2`,
  ]);
});

test('on one machine they are deleted from the table itself; where there are none nothing is said', async () => {
  const { lake, said } = lakeWith(['all']);
  await deleteRows(lake, 'labels', WHERE, PARAMS);
  expect(said.at(-1)!.sql).toBe(
    `ALTER TABLE tiltmeter.\`labels\` DELETE IN PARTITION ID 'all' WHERE ${WHERE} SETTINGS mutations_sync = 2`,
  );
  const none = lakeWith([], 'main');
  expect(await deleteCounted(none.lake, 'labels', WHERE, PARAMS)).toBe(0);
  expect(none.said).toEqual([]);
});
