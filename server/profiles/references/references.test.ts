import { afterAll, beforeAll, expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import { Protections } from '../../models/privacy/protections.ts';
import { getDistribution } from '../distribution/get-distribution.ts';
import { getTimeline } from '../distribution/get-timeline.ts';
import { rollUp } from '../roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START, snapshot, type World } from '../test-world.ts';
import { addReference } from './add-reference.ts';
import { adoptAutomaticReference, automaticWindow } from './automatic.ts';
import { makeDefaultReference, removeReference } from './change-reference.ts';
import { addReferenceFile } from './from-file.ts';
import { listReferences } from './list-references.ts';
import { referenceProfiles } from './resolve.ts';

/** Nobody else holds schemas in memory here. */
let world: World;
let NO_SCHEMAS: Parameters<typeof addReferenceFile>[1];
beforeAll(async () => {
  world = await createWorld();
  NO_SCHEMAS = { forget() {}, maxColumns: 1000, protections: new Protections(world.ctx) };
});
afterAll(() => world.close());

const bytes = (text: string) => new TextEncoder().encode(text);
const days = (count: number, perHour: number, row: (i: number, hour: number) => object) =>
  Array.from({ length: count * 24 * perHour }, (_, i) => {
    const hour = Math.floor(i / perHour);
    return {
      _id: `p${i}`,
      _time: START + hour * HOUR + (i % perHour) * 1000,
      _version: 'v1',
      ...row(i, hour),
    };
  });
const model = (id: string) =>
  world.ctx.ledger.selectFrom('models').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

test.each([
  ['nothing', [], null],
  ['one bucket', [[0, 5000]], null],
  [
    '1,000 within a day',
    [
      [0, 2000],
      [1, 1],
    ],
    null,
  ],
  ['1,000 over a day', [...Array(25).keys()].map((h) => [h, 50]), { from: 0, to: 24 * HOUR }],
  ['200 over a week', [...Array(200).keys()].map((h) => [h, 2]), { from: 0, to: 168 * HOUR }],
  ['too few', [...Array(300).keys()].map((h) => [h, 0.5]), null],
  ['the newest bucket fills', [...Array(24).keys()].map((h) => [h, 50]), null],
])('the automatic window: %s', (_name, volumes, expected) => {
  expect(
    automaticWindow(
      volumes.map(([h, n]) => ({ time: h! * HOUR, n: n! })),
      HOUR,
    ),
  ).toEqual(expected);
});

test('a model without a reference gets one and keeps it; its own replaces it', async () => {
  await addModel(world, 'auto', { x: 'numeric' });
  await addPredictions(
    world,
    'auto',
    days(3, 50, (i) => ({ x: i % 97 })),
  );
  await rollUp(world.ctx, 'auto');
  expect(await adoptAutomaticReference(world.ctx, await model('auto'))).toBe(true);
  const automatic = (await listReferences(world.ctx, 'auto', { limit: 10 })).items;
  expect(automatic).toMatchObject([
    {
      kind: 'automatic',
      name: 'First day',
      default: true,
      options: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' },
    },
  ]);
  expect(await adoptAutomaticReference(world.ctx, await model('auto'))).toBe(false);
  expect((await listReferences(world.ctx, 'auto', { limit: 10 })).items).toEqual(automatic);
  const own = await addReference(world.ctx, 'auto', {
    kind: 'fixed',
    name: 'mine',
    from: START + 24 * HOUR + 5,
    to: START + 47 * HOUR + 5,
    default: true,
  });
  expect(own.options).toEqual({ from: '2026-11-02T00:00:00.000Z', to: '2026-11-03T00:00:00.000Z' });
  expect((await model('auto')).reference_id).toBe(own.id);
  const found = await referenceProfiles(world.ctx, 'auto', 'mine', { columns: ['x'], at: 0 });
  expect(found.profiles.get('x')?.n).toBe(1200);
  await makeDefaultReference(world.ctx, 'auto', automatic[0]!.id);
  await removeReference(world.ctx, 'auto', 'mine');
  expect(await model('auto')).toMatchObject({ reference_id: automatic[0]!.id });
  await expect(referenceProfiles(world.ctx, 'auto', 'mine', { at: 0 })).rejects.toThrow(TiltmeterError);
  const actions = await world.ctx.ledger
    .selectFrom('audit')
    .select('action')
    .where('action', 'like', 'reference.%')
    .execute();
  expect(actions.map(({ action }) => action)).toEqual([
    'reference.create',
    'reference.create',
    'reference.default',
    'reference.delete',
  ]);
});

test('a rolling reference ends before the moment it is asked for', async () => {
  const rolling = await addReference(world.ctx, 'auto', {
    kind: 'rolling',
    name: 'yesterday',
    window_ms: 24 * HOUR,
    offset_ms: 24 * HOUR,
    default: false,
  });
  const found = await referenceProfiles(world.ctx, 'auto', rolling.id, {
    columns: ['_all'],
    at: START + 60 * HOUR,
  });
  expect(found).toMatchObject({ from: START + 12 * HOUR, to: START + 36 * HOUR });
  expect(found.profiles.get('_all')?.n).toBe(1200);
});

test('a training set declares the columns of a model without any, and production is measured on its grid', async () => {
  await addModel(world, 'trained', {});
  const lines = Array.from(
    { length: 500 },
    (_, i) =>
      `${i % 60},${['FR', 'DE', 'FR'][i % 3]},${i % 10 ? 'True' : ''},${i % 2 ? 'yes' : 'no'},${(i % 100) / 100},${i % 4 ? 'yes' : 'no'}`,
  );
  const csv = `\ufeffage,country,member,approved,p,truth\n${lines.join('\n')}\n`;
  const options = { name: 'training.csv', default: true, prediction: 'approved', score: 'p', label: 'truth' };
  const made = await addReferenceFile(
    world.ctx,
    NO_SCHEMAS,
    'trained',
    { body: bytes(csv), contentType: 'text/csv; charset=utf-8' },
    options,
  );
  expect(made).toMatchObject({
    kind: 'file',
    default: true,
    options: { rows: 500, rejected: 0, ignored: [] },
  });
  const columns = await world.ctx.ledger
    .selectFrom('columns')
    .select(['name', 'type', 'grid_scale'])
    .where('model', '=', 'trained')
    .orderBy('position')
    .execute();
  expect(columns.map(({ name, type }) => [name, type])).toEqual([
    ['age', 'numeric'],
    ['country', 'categorical'],
    ['member', 'boolean'],
    ['_prediction', 'categorical'],
  ]);
  expect(columns[0]!.grid_scale).toBeGreaterThan(0);
  const { profiles } = await referenceProfiles(world.ctx, 'trained', 'training.csv', { at: 0 });
  expect(profiles.get('member')).toMatchObject({ n: 500, missing: 50, counts: new Map([['true', 450]]) });
  expect(profiles.get('_confusion')!.counts.get('no\u001fno')).toBe(125);
  expect(profiles.get('_score|yes')!.n).toBe(375);

  await addPredictions(
    world,
    'trained',
    days(1, 40, (i) => ({
      age: (i % 60) + 30,
      country: i % 5 ? 'FR' : 'PT',
      member: 'true',
      _prediction: 'yes',
      _score: 0.5,
    })),
  );
  await rollUp(world.ctx, 'trained');
  const age = await getDistribution(world.ctx, 'trained', 'age', {});
  expect(age.sentence).toMatch(
    /^Shifted up by 1\.8 σ, 50 % more of the rows out of range; JS distance 0\.\d\d, interval 0\.\d\d–0\.\d\d, threshold 0\.10, n = 960 against 500\.$/,
  );
  expect(age.moments.current).toMatchObject({ n: 960, mean: 59.5, min: 30, max: 89 });
  const country = await getDistribution(world.ctx, 'trained', 'country', { reference: 'training.csv' });
  expect(country.bins.find(({ kind }) => kind === 'new')).toMatchObject({ reference: 0, current: 192 });
  expect(country.sentence).toMatch(/^New values: 20 % more of the rows/);
  const timeline = await getTimeline(world.ctx, 'trained', 'country', {});
  expect(timeline.points).toHaveLength(24);
  expect(timeline.points[0]).toMatchObject({ n: 40, new: 8, top: { FR: 0.8, PT: 0.2 } });
  expect((await getDistribution(world.ctx, 'trained', '_prediction', {})).type).toBe('categorical');
});

test('a file of predictions in NDJSON keeps to the types of the model and names what it left out', async () => {
  await addModel(world, 'typed', { age: 'numeric', country: 'categorical' });
  const rows = Array.from({ length: 40 }, (_, i) =>
    JSON.stringify({ features: { age: i % 4 ? i : 'old', country: 'FR', extra: 1 }, prediction: i }),
  );
  const made = await addReferenceFile(
    world.ctx,
    NO_SCHEMAS,
    'typed',
    { body: bytes(`${rows.join('\n')}\n{"a":\n[1]\n`), contentType: 'application/x-ndjson' },
    { name: 'file', default: true },
  );
  expect(made.options).toEqual({ rows: 40, rejected: 2, ignored: ['extra'] });
  const { profiles } = await referenceProfiles(world.ctx, 'typed', made.id, { at: 0 });
  expect(profiles.get('age')).toMatchObject({ n: 40, missing: 0, invalid: 10 });
  expect(profiles.get('_prediction')).toMatchObject({ n: 40, min: 0, max: 39 });
  expect((await snapshot(world, 'typed')).every((row) => JSON.parse(row).source === made.id)).toBe(true);
});

test.each([
  [
    '0 and 1 with a score',
    (i: number) => ({ prediction: i % 2, score: (i % 10) / 10, label: i % 3 ? 1 : 0 }),
    ['_confusion', '_label', '_score|0', '_score|1'],
  ],
  [
    'numbers',
    (i: number) => ({ prediction: i, label: i + 1 }),
    [
      '_absolute_residual',
      ...[3, 4, 5, 6, 7, 8].map((band) => `_error_at|${band}`),
      ...['_label', '_label_residual', '_label_squared_residual', '_residual'],
    ],
  ],
  ['classes without labels', (i: number) => ({ prediction: i % 3 ? 'a' : 'b' }), []],
])('the labels of a file are counted by the task they show: %s', async (name, row, expected) => {
  const id = `task-${name.replaceAll(' ', '-')}`;
  await addModel(world, id, {});
  const rows = Array.from({ length: 100 }, (_, i) => ({ x: i, ...row(i) }));
  const file = { body: bytes(JSON.stringify(rows)), contentType: 'application/json' };
  await addReferenceFile(world.ctx, NO_SCHEMAS, id, file, { name: 'f', default: true });
  const { profiles } = await referenceProfiles(world.ctx, id, 'f', { at: 0 });
  const made = [...profiles.keys()].filter((column) => /label|residual|confusion|\|/.test(column));
  expect(made.sort()).toEqual(expected);
});

test.each([
  ['an empty body', '', 'application/json', 'empty_body'],
  ['a header alone', 'a,b\n', 'text/csv', 'empty_body'],
  ['a Parquet file', 'PAR1 and so on', 'text/csv', 'invalid_request'],
  ['text that is no JSON', 'a,b\n1,2\n', 'application/json', 'invalid_json'],
  ['an open quote', 'a\n"1\n', 'text/csv', 'invalid_request'],
  ['hardly any rows', 'a\n1\n', 'text/csv', 'invalid_request'],
])('a reference file with %s is refused', async (_name, text, type, code) => {
  await addModel(world, `refused-${_name.replaceAll(' ', '-')}`, {});
  const attempt = addReferenceFile(
    world.ctx,
    NO_SCHEMAS,
    `refused-${_name.replaceAll(' ', '-')}`,
    { body: bytes(text), contentType: type },
    {
      name: 'f',
      default: true,
    },
  );
  await expect(attempt).rejects.toMatchObject({ code });
});

test('a file without a column of the model is refused, in a sentence that names both sides', async () => {
  await addModel(world, 'strange', { age: 'numeric', income: 'numeric' });
  const file = (text: string) =>
    addReferenceFile(
      world.ctx,
      NO_SCHEMAS,
      'strange',
      { body: bytes(text), contentType: 'text/csv' },
      { name: 'f', default: true },
    );
  await expect(file(`x,y,z\n${'1,2,3\n'.repeat(30)}`)).rejects.toMatchObject({
    code: 'no_common_columns',
    message: 'the file has no column in common with strange: it has x, y, z; strange has age, income',
  });
  expect((await listReferences(world.ctx, 'strange', { limit: 10 })).items).toEqual([]);
  const made = await file(`id,age,timestamp\n${'7,2,3\n'.repeat(30)}`);
  expect(made.columns).toMatchObject({
    ...{ used: 1, of: 2, ignored: ['id', 'timestamp'], lacking: ['income'] },
    sentence: '1 of 2 columns, without income, 2 ignored: id, timestamp',
  });
});
