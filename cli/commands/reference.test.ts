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
    '  warning: no column is the label: quality stays compared with the newest reference that has labels, else with the first labelled weeks. Name it with --map label=COLUMN',
  );
  expect(out).toContain('  id ← loan, time ← epoch (guess), prediction ← decision\n');
  const { body } = await server.json<Model>('GET', '/api/v1/models/mapped');
  expect(body.columns.map(({ name }) => name)).toEqual(['age', '_prediction']);
  const wrong = await add(file, '--model', 'mapped', '--map', 'label=truth');
  expect(wrong).toMatchObject({ exit: 2, err: expect.stringContaining('the table has no column "truth"') });
});

test('a column that tells rows apart is proposed as the id, so that it is no feature', async () => {
  await server.json('POST', '/api/v1/models', { id: 'apart' });
  const rows = Array.from({ length: 40 }, (_, i) => i);
  const columns = { loan: rows.map((i) => `L${i}`), age: rows.map((i) => 20 + (i % 7)) };
  const file = world.write('apart.csv', csv(columns));
  const { err } = await add(file, '--model', 'apart', '--dry-run');
  expect(err).toContain('says nothing of what is normal. Name it with --map id=COLUMN (loan?)\n');
  const said = await add(file, '--model', 'apart', '--dry-run', '--map', 'id=loan');
  expect(said.err).not.toContain('id=COLUMN');
});

test('labels without the scores that lie beside them: asked for', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => i);
  await server.json('POST', '/api/v1/models', { id: 'unscored' });
  const predictions = rows.map((i) => ({
    model: 'unscored',
    id: `u${i}`,
    features: { age: i },
    score: i / 40,
  }));
  await server.json('POST', '/api/v1/predictions', predictions);
  const columns = {
    age: rows,
    answer: rows.map((i) => ['yes', 'no'][i % 2]!),
    chance: rows.map((i) => i / 40),
  };
  const file = world.write('unscored.csv', csv(columns));
  const labels = await add(file, '--model', 'unscored', '--label', 'answer');
  expect(labels.out).toContain(
    '  warning: no column is the score: what is measured by scores (ROC AUC) stays compared with the newest reference that has them. Name it with --map score=COLUMN (chance?)',
  );
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

test('columns without a value are none: a table of nothing else is refused, also with a score', async () => {
  await server.json('POST', '/api/v1/models', { id: 'hollow' });
  const file = world.write('hollow.csv', `a,b,score\n${'NA,,\n'.repeat(40)}`);
  const { exit, err } = await add(file, '--model', 'hollow');
  expect(exit).toBe(1);
  expect(err).toContain('no column of the file has a value: a, b, score');
  const { body } = await server.json<Model>('GET', '/api/v1/models/hollow');
  expect([body.columns, body.reference]).toEqual([[], null]);
});

test('without a feature it is stored for what it has, and said so', async () => {
  await server.json('POST', '/api/v1/models', { id: 'bare' });
  const file = world.write('bare.csv', `prediction,label,gap\n${'a,b,\nb,a,\n'.repeat(20)}`);
  const { exit, out } = await add(file, '--model', 'bare');
  expect(exit).toBe(0);
  expect(out).toContain('  no features, 1 ignored: gap\n');
  expect(out).toContain('  warning: no column is a feature: drift of inputs is compared with nothing');
});

test('of a model with features, a table that shares only the prediction is refused', async () => {
  await server.json('POST', '/api/v1/predictions', { model: 'apart', features: { age: 1 }, prediction: 'a' });
  const file = world.write('apart.csv', `name,prediction\n${'x,a\ny,b\n'.repeat(20)}`);
  const { exit, err } = await add(file, '--model', 'apart');
  expect(exit).toBe(1);
  expect(err).toContain('no column in common with apart: it has name, prediction; apart has age');
});

test('--dry-run says what would be stored, and what the model lacks, and stores nothing', async () => {
  const features = { age: 1, income: 2, region: 'a' };
  await server.json('POST', '/api/v1/predictions', { model: 'dry', features, prediction: 'a' });
  const rows = Array.from({ length: 40 }, (_, i) => i);
  const file = world.write(
    'dry.csv',
    csv({ age: rows, income: rows.map((i) => i / 8), note: rows, y_pred: rows.map((i) => 'ab'[i % 2]!) }),
  );
  const { exit, out, err } = await add(file, '--model', 'dry', '--dry-run');
  expect(exit).toBe(0);
  expect(out.split('\n')).toEqual([
    `${file}: 40 rows of delimited text`,
    '  prediction ← y_pred (guess)',
    '  2 features: age identifier, income numeric',
    '  ignored: note',
    '  2 of 3 columns of dry, without region',
    'It would be stored as reference dry.csv; nothing was.',
    '',
  ]);
  expect(err).toContain(
    'warning: no column is the label: quality stays compared with the newest reference that has labels, else with the first labelled weeks.',
  );
  const json = JSON.parse((await add(file, '--model', 'dry', '--dry-run', '--json')).out);
  expect(json).toMatchObject({ rows: 40, name: 'dry.csv', columns: { used: 2, of: 3, lacking: ['region'] } });
  const { body } = await server.json('GET', '/api/v1/models/dry/references');
  expect(body.items).toEqual([]);
  // As for an import no server is needed to see how a table is understood.
  const alone = await command(['reference', 'add', file, '--model', 'dry', '--dry-run'], {});
  expect(alone).toMatchObject({ exit: 0, out: expect.stringContaining('  3 features: age identifier,') });
  const few = world.write('few.csv', csv({ age: [1, 2], income: [1, 2] }));
  const refused = await add(few, '--model', 'dry', '--dry-run');
  expect(refused.err).toContain(
    'warning: a reference needs at least 20 rows, and this table has 2: it is refused',
  );
});
