import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, csv } from '../../check/world.testing.ts';
import type { Model } from '../../contract/model.ts';
import { referenceProfiles } from '../../server/profiles/references/resolve.ts';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { tiltmeter as command } from '../terminal.testing.ts';

const world = createWorld();
let server: TestApp;
beforeAll(async () => {
  server = await startTestApp();
});
afterAll(() => server.stop());

const add = (...args: string[]) =>
  command(['reference', 'add', ...args], { TILTMETER_URL: server.address, TILTMETER_KEY: server.adminKey });
const missingOf = async (model: string, name: string, column: string) =>
  (await referenceProfiles(server.app.ctx, model, name, { at: 0 })).profiles.get(column);

test('before the first prediction: import first', async () => {
  const { exit, err } = await add(world.write('early.csv', 'a\n1\n'), '--model', 'early');
  expect(exit).toBe(2);
  expect(err).toContain(
    'There is no model early yet\n  Import predictions first: tiltmeter import FILE --model early.',
  );
});

test('several files are one reference, of every format', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => i);
  const part = csv({ age: rows.map((i) => 20 + (i % 5)), gap: rows.map((i) => (i % 3 ? i : null)) });
  world.write('part-1.csv', part.replaceAll(',', ';'));
  world.write('part-2.csv', part.replaceAll(',', ';'));
  const lines = rows.map((i) => JSON.stringify({ age: 20 + (i % 5), gap: i % 3 ? i : null })).join('\n');
  world.write('part-1.jsonl', lines);
  world.write('part-2.jsonl', lines);
  const select =
    'SELECT 20 + number % 5 AS age, if(number % 3 = 0, NULL, toFloat64(number)) AS gap FROM numbers(30)';
  for (const i of [1, 2]) await world.writeParquet(`part-${i}.parquet`, select);
  for (const format of ['csv', 'jsonl', 'parquet']) {
    await server.json('POST', '/api/v1/models', { id: format });
    const added = await add(world.path(`part-*.${format}`), '--model', format, '--name', 'parts');
    expect(added, format).toMatchObject({ exit: 0 });
    expect(added.out).toContain('is stored: 60 rows.');
    expect(await missingOf(format, 'parts', 'gap'), format).toMatchObject({
      n: 60,
      missing: 20,
      min: 1,
      max: 29,
    });
  }
});

test('--map as import takes it: id and time are no features, epoch seconds are a time', async () => {
  await server.json('POST', '/api/v1/models', { id: 'mapped' });
  const rows = Array.from({ length: 40 }, (_, i) => i);
  const file = world.write(
    'mapped.csv',
    csv({
      loan: rows.map((i) => `L${i}`),
      epoch: rows.map((i) => 1_760_000_000 + 60 * i),
      age: rows.map((i) => 20 + (i % 7)),
      decision: rows.map((i) => ['yes', 'no'][i % 2]!),
      note: rows.map((i) => `n${i % 3}`),
    }),
  );
  const map = ['--map', 'id=loan,prediction=decision', '--ignore', 'note'];
  const { exit, out, err } = await add(file, '--model', 'mapped', ...map);
  expect([exit, err]).toEqual([0, '']);
  expect(out).toContain(
    '  warning: no column is the label: quality has no baseline in this reference. Name it with --map label=COLUMN',
  );
  expect(out).toContain('  id ← loan, time ← epoch (guess), prediction ← decision\n');
  const { body } = await server.json<Model>('GET', '/api/v1/models/mapped');
  expect(body.columns.map(({ name }) => name)).toEqual(['age', '_prediction']);
  const wrong = await add(file, '--model', 'mapped', '--map', 'label=truth');
  expect(wrong).toMatchObject({ exit: 2, err: expect.stringContaining('the table has no column "truth"') });
});

test('it says what it took for what, and what the model does not have; a name is taken once', async () => {
  const features = { age: 1, income: 2 };
  await server.json('POST', '/api/v1/predictions', { model: 'told', features, prediction: 'a', score: 0.5 });
  const rows = Array.from({ length: 40 }, (_, i) => i);
  const file = world.write(
    'told.csv',
    csv({
      age: rows,
      income: rows,
      row_no: rows,
      y_pred: rows.map((i) => 'ab'[i % 2]!),
      target: rows.map((i) => 'ab'[i % 2]!),
    }),
  );
  const { exit, out } = await add(file, '--model', 'told');
  expect(exit).toBe(0);
  expect(out).toContain('  prediction ← y_pred (guess), label ← target (guess)\n');
  expect(out).toContain('  2 of 2 columns, 1 ignored: row_no');
  const again = await add(file, '--model', 'told');
  expect(again).toMatchObject({ exit: 2, err: expect.stringContaining('has a reference told.csv already') });
});
