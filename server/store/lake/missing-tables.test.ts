import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrowBatch } from './arrow/batch.ts';
import { engineCode, UNKNOWN_TABLE } from './engine-error.ts';
import {
  askSharedTables,
  definitionOf,
  type LakeWithTables,
  makeSharedTable,
  withMissingTables,
} from './missing-tables.ts';
import { openTestLake } from './testing/open-test-lake.ts';

let dir: string;
let lake: LakeWithTables;
const words: object[] = [];
const log = { debug() {}, info() {}, warn() {}, error: (fields: object) => void words.push(fields) };
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tiltmeter-missing-'));
  lake = withMissingTables(await openTestLake(dir), {
    makers: [
      makeSharedTable,
      async (_lake, table) => {
        if (table !== 'cursed') return false;
        throw new Error('no disk');
      },
    ],
    log,
    clock: () => 7,
  });
});
afterAll(async () => {
  await lake.close();
  await rm(dir, { recursive: true, force: true });
});

const label = (id: string) =>
  arrowBatch('tiltmeter.labels', [
    { name: 'model', kind: 'text', values: ['m'] },
    { name: 'id', kind: 'text', values: [id] },
  ]);
const drop = async (table: string) => {
  await lake.command(`DROP TABLE IF EXISTS tiltmeter.${table} SYNC`);
  if (lake.cluster) await lake.command(`DROP TABLE IF EXISTS tiltmeter.${table}_local SYNC`);
};

test('rows for a table that was dropped make it again and are stored, from many writers at once', async () => {
  await lake.insert(label('lost'));
  await drop('labels');
  await Promise.all(Array.from({ length: 8 }, (_, i) => lake.insert(label(`kept-${i}`))));
  expect(await lake.query('SELECT count() AS n FROM tiltmeter.labels')).toEqual([{ n: 8 }]);
  expect(lake.remade()).toEqual([{ table: 'labels', at: 7 }]);
  expect(words).toEqual([{ table: 'labels' }]);
});

test.each(['labels', 'outcomes', 'changes', 'rejects', 'profiles', 'signals'])(
  'a question to %s that was dropped finds it empty',
  async (table) => {
    await drop(table);
    expect(await lake.query(`SELECT * FROM tiltmeter.${table} WHERE 1`)).toEqual([]);
    expect(lake.remade().at(-1)).toEqual({ table, at: 7 });
  },
);

test('tables that nobody asks are missed all the same, and only those that are gone', async () => {
  await askSharedTables(lake);
  const before = lake.remade().length;
  await drop('signal_values');
  await drop('labelled');
  await askSharedTables(lake);
  const tables = lake.remade().slice(before);
  expect(tables.map(({ table }) => table).sort()).toEqual(['labelled', 'signal_values']);
});

test('a statement that misses two tables gets both', async () => {
  await drop('labels');
  await drop('outcomes');
  const both = `SELECT id FROM tiltmeter.labels WHERE id IN (SELECT id FROM tiltmeter.outcomes)`;
  expect(await lake.query(both)).toEqual([]);
});

test('a table that nobody knows is the error it was', async () => {
  const error = await lake.query('SELECT 1 FROM tiltmeter.nothing').catch((error) => error);
  expect(error.code).toBe('internal');
  expect(engineCode(error)).toBe(UNKNOWN_TABLE);
});

test('a table that cannot be made again is named', async () => {
  const error = await lake.query('SELECT 1 FROM tiltmeter.cursed').catch((error) => error);
  expect(error).toMatchObject({
    code: 'table_missing',
    message: 'The table tiltmeter.cursed of the lake is missing',
    retryAfter: 10,
  });
});

test('the definition of a table is its last one with what changed it since', () => {
  const statements = [
    'CREATE TABLE IF NOT EXISTS {table:a} (x Int8)',
    'CREATE TABLE IF NOT EXISTS {table:ab} (x Int8)',
    'ALTER TABLE {table:a} ADD COLUMN y Int8',
    'DROP TABLE {table:a}',
    'CREATE TABLE {table:a} (z Int8)',
    'ALTER TABLE {rows:a} ADD INDEX z z TYPE minmax',
  ];
  expect(definitionOf(statements, 'a')).toEqual(statements.slice(4));
  expect(definitionOf(statements, 'b')).toEqual([]);
});
