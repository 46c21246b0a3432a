import { expect, test } from 'vitest';
import { checked } from '../cli/check/checked.testing.ts';
import { openWorkspace } from '../tables/engine/workspace.ts';
import { type CountPlan, countAndSample } from './count.ts';
import { profileTable } from './profile/profile.ts';
import { sampleRows } from './rows.ts';
import { survey } from './survey.ts';
import type { Table } from './table/table.ts';
import { createWorld } from './world.testing.ts';

/** Samples of tables whose rows repeat: equal rows must not be taken, or left out, together. */

const world = createWorld();
/** 300,000 rows of one column: 43 % "usual", the others one of 150,000 texts that hardly come back. */
const often = (percent: number) => `SELECT if(sipHash64(number) % 100 < ${percent}, 'usual', concat('rare ', toString(sipHash64(number, 1) % 150000))) AS what FROM numbers(300000)`; // biome-ignore format: one line
/** 200,000 rows, which come round in twelve; every third has no value. */
const TWELVE = "SELECT number % 12 AS month, concat('m', toString(number % 12)) AS name, if(number % 3 = 0, NULL, number % 12) AS gap FROM numbers(200000)"; // biome-ignore format: one line
const FORMATS = [
  ['delimited text', 'csv', 'CSVWithNames'],
  ['JSON lines', 'jsonl', 'JSONEachRow'],
  ['Parquet', 'parquet', 'Parquet'],
  ['Arrow', 'arrow', 'Arrow'],
] as const;

async function written(name: string, format: string, select: string): Promise<string> {
  const file = world.path(name);
  await world.engine.rows(`INSERT INTO FUNCTION file('${file}', '${format}') ${select}`);
  return file;
}

/** Five standard errors of a share of n rows. */
const error = (share: number, n: number) => 5 * Math.sqrt((share * (1 - share)) / n);
const shareOf = (values: ArrayLike<unknown>, wanted: unknown) =>
  Array.from(values).filter((value) => value === wanted).length / values.length;
const category = (name: string): CountPlan => ({ name, type: 'categorical', axis: null, known: null, clipped: false, presenceOnly: false }); // biome-ignore format: one line

/** All the ways in which rows are drawn: by a pass of its own in either order, and while counting where no table is held. */
async function samplesOf(table: Table, name: string) {
  const plans = [category(name)];
  const most = 10_000;
  const byKey = await sampleRows(world.engine, table, plans, most);
  const byFile = await sampleRows(world.engine, table, plans, most, 'file');
  const { sampled } = await countAndSample(world.engine, table, plans, { names: new Set([name]), most });
  return [byKey.columns.get(name)!, byFile.columns.get(name)!, sampled?.get(name) ?? []].filter(
    (values) => values.length > 0,
  );
}

test.each(FORMATS)('in %s: a value of 43 in 100 of 300,000 rows is met', async (_, ending, format) => {
  const table = await world.open(await written(`often.${ending}`, format, often(43)));
  const found = (await survey(world.engine, table, table.columns, 'spread')).get('what')!;
  expect(found.top[0]).toBe('usual');
  const samples = await samplesOf(table, 'what');
  expect(samples.length).toBe(['csv', 'arrow'].includes(ending) ? 2 : 3);
  for (const values of samples) {
    expect(values.length).toBeGreaterThan(8000);
    expect(values.length).toBeLessThanOrEqual(10_000);
    expect(Math.abs(shareOf(values, 'usual') - 0.43)).toBeLessThan(error(0.43, values.length));
  }
  expect(await samplesOf(table, 'what')).toEqual(samples);
});

test.each(FORMATS)('in %s: 200,000 rows of which 12 differ', async (_, ending, format) => {
  const table = await world.open(await written(`twelve.${ending}`, format, TWELVE));
  const found = await survey(world.engine, table, table.columns, 'spread');
  expect(found.get('month')).toMatchObject({ distinct: 12, min: 0, max: 11 });
  expect(new Set(found.get('name')!.top).size).toBe(12);
  for (const values of await samplesOf(table, 'name'))
    for (let i = 0; i < 12; i++)
      expect(Math.abs(shareOf(values, `m${i}`) - 1 / 12)).toBeLessThan(error(1 / 12, values.length));
});

test('rows of many files are drawn from each by themselves', async () => {
  for (let i = 0; i < 40; i++)
    await written(`day-${i}.csv`, 'CSVWithNames', 'SELECT number AS hour, 1 AS one FROM numbers(24)');
  const table = await world.open(world.path('day-*.csv'));
  const { columns } = await sampleRows(world.engine, table, [category('hour')], 240);
  expect(new Set(columns.get('hour') as string[]).size).toBe(24);
});

test('columns named as the engine names the number of a row are data', async () => {
  for (const [ending, format] of [
    ['jsonl', 'JSONEachRow'],
    ['parquet', 'Parquet'],
  ] as const) {
    const select = "SELECT 'always' AS _row_number, concat('m', toString(number % 12)) AS name FROM numbers(20000)"; // biome-ignore format: one line
    const table = await world.open(await written(`shadow.${ending}`, format, select));
    for (const values of await samplesOf(table, 'name'))
      expect(Math.abs(shareOf(values, 'm3') - 1 / 12)).toBeLessThan(error(1 / 12, values.length));
  }
});

test('a table of which only a half was expected is drawn from to its end', async () => {
  const select = "SELECT concat('row ', toString(number), if(number < 3000, repeat('x', 400), '')) AS text, if(number < 50000, 'first', 'last') AS half FROM numbers(100000)"; // biome-ignore format: one line
  const table = await world.open(await written('thin.csv', 'CSVWithNames', select));
  expect(table.roughRows).toBeLessThan(20_000);
  for (const values of await samplesOf(table, 'half'))
    expect(Math.abs(shareOf(values, 'first') - 0.5)).toBeLessThan(error(0.5, values.length));
});

test('a profile names the values that are frequent', async () => {
  const workspace = openWorkspace();
  try {
    const file = await written('profiled.csv', 'CSVWithNames', often(43));
    const profile = await profileTable(world.engine, workspace, file, () => 0, () => undefined); // biome-ignore format: one line
    const [most] = profile.columns[0]!.top;
    expect(most).toMatchObject({ value: 'usual' });
    expect(Math.abs(most!.share - 0.43)).toBeLessThan(0.01);
  } finally {
    workspace.dispose();
  }
});

test('a check sees that a frequent value of a column of many becomes less frequent', async () => {
  const before = await written('before.csv', 'CSVWithNames', often(43));
  const same = await written('same.csv', 'CSVWithNames', `${often(43)} ORDER BY sipHash64(number, 2)`);
  const after = await written('after.csv', 'CSVWithNames', often(25));
  world.closeEngine();
  expect((await checked(same, before)).of('what').status).toBe('ok');
  const report = await checked(after, before);
  expect(report.of('what')).toMatchObject({ status: 'drift', type: 'categorical' });
  expect(report.of('what').bins.some(({ label }) => label.includes('usual'))).toBe(true);
});
