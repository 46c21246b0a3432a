import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identifier } from '../../../tables/identifier.ts';
import { columnName } from './column-name.ts';
import type { Lake } from './lake.ts';
import { layOut } from './layout.ts';
import { createModelTable } from './model-table.ts';
import { writeModelView } from './model-view.ts';
import { renameColumns } from './rename-columns.ts';
import { openTestLake } from './testing/open-test-lake.ts';

let lake: Lake;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tiltmeter-rename-'));
  lake = await openTestLake(dir);
});
afterAll(async () => {
  await lake.close();
  await rm(dir, { recursive: true, force: true });
});

/** Names that 0.1.0 made columns of (`n` only when it came before `n.a`): of some the engine made something else, of some a statement of ours. */
const FEATURES = [
  ...['age', 'age.null', 'age.size0', 'user_age', 'f_age', 'Age', 'AGE', 'sepal length (cm)', 'größe', '😀'],
  ...['n', 'n.a', 'n.b', 'm.keys', 'bucket', 'answers', 'constructor', 'toString', 'c1', '{db} {x:Int64}'],
];
const NUMERIC = 'Nullable(Float64)';
const TEXT = 'LowCardinality(Nullable(String))';
const kindOf = (i: number) => (i % 2 === 0 ? NUMERIC : TEXT);

async function alter(table: string, change: string) {
  for (const head of layOut(`ALTER TABLE {table:${table}}`, lake)) await lake.command(`${head} ${change}`);
}

/** A table as it was, with two parts: of the first row every feature has a value, of the second none. */
async function oldTable(table: string, features: readonly string[] = FEATURES): Promise<void> {
  await createModelTable(lake, table);
  await alter(table, features.map((name, i) => `ADD COLUMN ${identifier(name)} ${kindOf(i)}`).join(', '));
  const values = features.map((_, i) => (i % 2 === 0 ? `${i}` : `'v${i}'`));
  await lake.command(
    `INSERT INTO tiltmeter.${table} (_id, _time, ${features.map(identifier).join(', ')})
     SELECT 'full', toDateTime64('2026-01-05 00:00:00', 3, 'UTC'), ${values.join(', ')}`,
  );
  await lake.command(
    `INSERT INTO tiltmeter.${table} (_id, _time) SELECT 'empty', toDateTime64('2026-02-05 00:00:00', 3, 'UTC')`,
  );
}

async function expectRenamed(table: string): Promise<void> {
  const names = FEATURES.map(columnName);
  const rows = await lake.query<Record<string, unknown>>(
    `SELECT _id, ${names.join(', ')} FROM tiltmeter.${table} ORDER BY _id`,
  );
  expect(rows).toEqual([
    { _id: 'empty', ...Object.fromEntries(names.map((name) => [name, null])) },
    { _id: 'full', ...Object.fromEntries(names.map((name, i) => [name, i % 2 === 0 ? i : `v${i}`])) },
  ]);
  const left = await lake.query(
    `SELECT table, name FROM system.columns WHERE database = 'tiltmeter' AND startsWith(table, 'predictions_') AND NOT startsWith(name, '_')`,
  );
  expect(left).toEqual([]);
}

test('columns that bear the names of features get others with all their values, also when it dies anywhere or is done again', async () => {
  await oldTable('predictions_m');
  const killed = async (statements: number) => {
    let left = statements;
    const dying: Lake = {
      ...lake,
      command: (...args) => (left-- > 0 ? lake.command(...args) : Promise.reject(new Error('killed'))),
    };
    return renameColumns(dying).then(
      () => false,
      () => true,
    );
  };
  let deaths = 0;
  while (await killed(deaths)) deaths++;
  expect(deaths).toBeGreaterThan(1);
  await expectRenamed('predictions_m');
  await renameColumns(lake);
  await expectRenamed('predictions_m');
  await lake.command('DROP TABLE tiltmeter.predictions_m SYNC');
  if (lake.cluster) await lake.command('DROP TABLE tiltmeter.predictions_m_local SYNC');
});

test('what a server of the version before wrote beside is put together with what is there', async () => {
  await createModelTable(lake, 'predictions_two');
  await alter('predictions_two', `ADD COLUMN _f_age ${NUMERIC}, ADD COLUMN age ${NUMERIC}`);
  await alter('predictions_two', `ADD COLUMN _f_mixed ${NUMERIC}, ADD COLUMN mixed ${TEXT}`);
  await lake.command(
    `INSERT INTO tiltmeter.predictions_two (_id, _time, age, _f_age, mixed) VALUES
     ('before', '2026-01-05 00:00:00', 1, NULL, '7'), ('after', '2026-01-05 00:00:01', NULL, 2, 'x')`,
  );
  await renameColumns(lake);
  expect(
    await lake.query('SELECT _id, _f_age, _f_mixed FROM tiltmeter.predictions_two ORDER BY _time'),
  ).toEqual([
    { _id: 'before', _f_age: 1, _f_mixed: 7 },
    { _id: 'after', _f_age: 2, _f_mixed: null },
  ]);
});

test('a wide table of the longest names is renamed and shown in one view', async () => {
  // apart only by their case, or by their last character
  const names = Array.from({ length: 150 }, (_, i) =>
    i < 50 ? `${i % 2 === 0 ? 'AGE' : 'age'}${i >> 1}` : `${'😀'.repeat(125)}${i}`,
  );
  await oldTable('predictions_wide', names);
  await renameColumns(lake);
  await writeModelView(lake, 'predictions_wide', names);
  const rows = await lake.query<Record<string, unknown>>('SELECT * FROM tiltmeter.model_wide ORDER BY _time');
  expect(names.map((name) => rows[0]![name])).toEqual(names.map((_, i) => (i % 2 === 0 ? i : `v${i}`)));
  expect(rows.map((row) => Object.keys(row).length)).toEqual([165, 165]);
});

test('what people made themselves under such a name is left alone', async () => {
  await lake.command(
    `CREATE TABLE tiltmeter.predictions_mine (_id String, age ${NUMERIC}) ENGINE = MergeTree ORDER BY _id`,
  );
  await lake.command(
    'CREATE VIEW tiltmeter.predictions_seen AS SELECT 1 AS _misfit, 1 AS _received_at, 1 AS age',
  );
  await createModelTable(lake, 'predictions_theirs');
  await alter(
    'predictions_theirs',
    `ADD COLUMN day Date MATERIALIZED toDate(_time), ADD COLUMN age ${NUMERIC}`,
  );
  await renameColumns(lake);
  const columns = async (table: string) =>
    (await lake.query<{ name: string }>(`SELECT name FROM system.columns WHERE table = '${table}'`)).map(
      ({ name }) => name,
    );
  expect(await columns('predictions_mine')).toEqual(['_id', 'age']);
  expect(await columns('predictions_theirs')).toEqual(expect.arrayContaining(['day', '_f_age']));
});
