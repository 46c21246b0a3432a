import { expect, test } from 'vitest';
import { layOut } from './layout.ts';

const CREATE = `CREATE TABLE IF NOT EXISTS {table:labels} (id String) ENGINE = {engine:ReplacingMergeTree}(received_at)
ORDER BY id SETTINGS {events} {shard_by:cityHash64(model)}`;

test('on one machine a template is one statement', () => {
  expect(layOut(CREATE, {})).toEqual([
    `CREATE TABLE IF NOT EXISTS tiltmeter.\`labels\` (id String) ENGINE = ReplacingMergeTree(received_at)
ORDER BY id SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  ]);
  expect(layOut('ALTER TABLE {table:a} ADD COLUMN b Int8', {})).toEqual([
    'ALTER TABLE tiltmeter.`a` ADD COLUMN b Int8',
  ]);
  expect(layOut('ALTER TABLE {rows:a} DROP PARTITION 202601', {})).toEqual([
    'ALTER TABLE tiltmeter.`a` DROP PARTITION 202601',
  ]);
});

test('on a cluster a table is a replicated one and a Distributed one over it', () => {
  expect(layOut(CREATE, { cluster: 'main' })).toEqual([
    `CREATE TABLE IF NOT EXISTS tiltmeter.\`labels_local\` ON CLUSTER \`main\` (id String) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/tiltmeter/labels', '{replica}', received_at)
ORDER BY id SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
    `CREATE TABLE IF NOT EXISTS tiltmeter.\`labels\` ON CLUSTER \`main\` AS tiltmeter.\`labels_local\`
ENGINE = Distributed(\`main\`, tiltmeter, \`labels_local\`, cityHash64(model))`,
  ]);
});

test('on a cluster a column is added to both, the one that holds the rows first', () => {
  expect(layOut('ALTER TABLE {table:a} ADD COLUMN b Int8', { cluster: 'main' })).toEqual([
    'ALTER TABLE tiltmeter.`a_local` ON CLUSTER `main` ADD COLUMN b Int8',
    'ALTER TABLE tiltmeter.`a` ON CLUSTER `main` ADD COLUMN b Int8',
  ]);
});

test('on a cluster what concerns rows on disk is said to the table that holds them', () => {
  expect(layOut('ALTER TABLE {rows:a} DROP PARTITION 202601', { cluster: 'main' })).toEqual([
    'ALTER TABLE tiltmeter.`a_local` ON CLUSTER `main` DROP PARTITION 202601',
  ]);
});

test('a table that does not say what decides the shard of a row cannot be laid out over shards', () => {
  expect(() =>
    layOut('CREATE TABLE {table:a} (b Int8) ENGINE = {engine:MergeTree}', { cluster: 'main' }),
  ).toThrow(/shard_by/);
});
