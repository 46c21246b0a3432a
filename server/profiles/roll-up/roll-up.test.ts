import { afterAll, beforeAll, expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { profileHead } from '../heads/read-heads.ts';
import { readColumns, readProfiles } from '../read/read-profiles.ts';
import {
  addLabels,
  addModel,
  addModelColumns,
  addPredictions,
  createWorld,
  HOUR,
  START,
  snapshot,
  type World,
} from '../test-world.ts';
import { PUT_OFF_MS } from './due.ts';
import { LOOK_BY_MS } from './looks.ts';
import { rollUp } from './roll-up.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const EVER = { from: 0, to: START + 1000 * 24 * HOUR };
const all = (model: string) => readColumns(world.ctx, { model, ...EVER });
const minutes = (count: number, row: (i: number) => object, from = 0) =>
  Array.from({ length: count }, (_, i) => ({
    _id: `p${from + i}`,
    _time: START + (from + i) * 60_000,
    _version: i % 2 ? 'v1' : 'v2',
    ...row(from + i),
  }));
const classified = (i: number) => ({
  age: i % 7 ? i : null,
  country: ['FR', 'DE', null][i % 3],
  _prediction: i % 2 ? 'yes' : 'no',
  _score: (i % 100) / 100,
  _misfit: i === 7 ? { age: 'x' } : {},
  _error: i % 50 === 0 ? 'Timeout: 3 s' : null,
});
const TYPES = { age: 'numeric', country: 'categorical', _prediction: 'categorical' } as const;

test('counts values, missing, invalid, errors, confusion and scores per label, by version', async () => {
  await addModel(world, 'counts', TYPES);
  await addPredictions(world, 'counts', minutes(300, classified));
  await addLabels(
    world,
    'counts',
    Array.from({ length: 100 }, (_, i) => ({ id: `p${i}`, label: i % 4 ? 'yes' : 'no' })),
  );
  expect(await rollUp(world.ctx, 'counts')).toEqual({ buckets: 5 });
  const columns = await all('counts');
  expect(columns.get('_all')!.n).toBe(300);
  expect(columns.get('age')).toMatchObject({ n: 300, missing: 42, invalid: 1, min: 1, max: 299 });
  expect(columns.get('country')).toMatchObject({
    n: 300,
    missing: 100,
    counts: new Map([
      ['DE', 100],
      ['FR', 100],
    ]),
  });
  expect(columns.get('_error')!.counts).toEqual(
    new Map([
      ['', 294],
      ['Timeout', 6],
    ]),
  );
  expect(columns.get('_label')).toMatchObject({
    n: 100,
    counts: new Map([
      ['no', 25],
      ['yes', 75],
    ]),
  });
  expect(columns.get('_confusion')!.counts).toEqual(
    new Map([
      ['no\u001fno', 25],
      ['yes\u001fno', 25],
      ['yes\u001fyes', 50],
    ]),
  );
  expect(columns.get('_score|yes')).toMatchObject({ n: 75, missing: 0 });
  const v1 = await readColumns(world.ctx, { model: 'counts', version: 'v1', ...EVER });
  expect(v1.get('_prediction')).toMatchObject({ n: 150, counts: new Map([['yes', 150]]) });
  const byVersion = await readProfiles(
    world.ctx,
    { model: 'counts', columns: ['_all'], ...EVER },
    { step: HOUR, byVersion: true },
  );
  expect(
    byVersion.map(({ time, version, profile }) => [(time - START) / HOUR, version, profile.n]).slice(0, 3),
  ).toEqual([
    [0, 'v1', 30],
    [0, 'v2', 30],
    [1, 'v1', 30],
  ]);
});

test('running it again changes no number, and does again only what changed', async () => {
  const before = await snapshot(world, 'counts');
  expect(await rollUp(world.ctx, 'counts')).toEqual({ buckets: 0 });
  world.now += LOOK_BY_MS + 1;
  expect(await rollUp(world.ctx, 'counts')).toEqual({ buckets: 0 });
  expect(await snapshot(world, 'counts')).toEqual(before);
});

test('a row that becomes visible minutes after it was received is not lost', async () => {
  await addModel(world, 'slow-insert', TYPES);
  const rows = minutes(300, classified);
  await addPredictions(world, 'slow-insert', rows.slice(0, 240));
  await addLabels(world, 'slow-insert', [
    { id: 'p1', label: 'yes' },
    { id: 'p61', label: 'no' },
  ]);
  expect(await rollUp(world.ctx, 'slow-insert')).toEqual({ buckets: 4 });
  const received = world.now;
  world.now += 60_000;
  expect(await rollUp(world.ctx, 'slow-insert')).toEqual({ buckets: 0 });
  await addPredictions(
    world,
    'slow-insert',
    rows.slice(240).map((row) => ({ ...row, _received_at: received })),
  );
  await addLabels(world, 'slow-insert', [{ id: 'p62', label: 'yes', received_at: received }]);
  expect(await rollUp(world.ctx, 'slow-insert')).toEqual({ buckets: 0 });
  world.now += LOOK_BY_MS;
  expect((await profileHead(world.ctx, 'slow-insert'))!.next_at).toBeLessThanOrEqual(world.now);
  // the bucket of the new rows, and those of the labels of the stretch
  expect(await rollUp(world.ctx, 'slow-insert')).toEqual({ buckets: 3 });
  const columns = await all('slow-insert');
  expect(columns.get('_all')!.n).toBe(300);
  expect(columns.get('_label')!.counts).toEqual(
    new Map([
      ['no', 1],
      ['yes', 2],
    ]),
  );
});

test('a bucket that grows while it is counted a second time is counted once in the head', async () => {
  await addModel(world, 'twice', TYPES);
  const rows = minutes(60, classified);
  const received = world.now;
  await addPredictions(world, 'twice', rows.slice(0, 20));
  await rollUp(world.ctx, 'twice');
  world.now += 1000;
  await rollUp(world.ctx, 'twice');
  // one of an earlier stamp lands late, so that its stretch is looked at again beside the new one
  await addPredictions(
    world,
    'twice',
    rows.slice(20, 30).map((row) => ({ ...row, _received_at: received })),
  );
  world.now += LOOK_BY_MS;
  await addPredictions(world, 'twice', rows.slice(30, 50));
  let turns = 0;
  const turn = async () => {
    // between the first and the second time that the bucket is counted
    if (!turns && (await all('twice')).get('_all')!.n === 50) {
      turns++;
      await addPredictions(world, 'twice', rows.slice(50));
    }
  };
  await rollUp({ ...world.ctx, turn }, 'twice');
  expect(turns).toBe(1);
  expect((await all('twice')).get('_all')!.n).toBe(60);
  expect((await profileHead(world.ctx, 'twice'))!.predictions).toBe(60);
});

test('a large bucket that is filling is put off for a while, and whole once it is over', async () => {
  await addModel(world, 'filling', { age: 'numeric' });
  const bucket = Math.floor(world.now / HOUR) * HOUR;
  world.now = bucket + 600_000;
  const arrive = (count: number, from: number) =>
    addPredictions(
      world,
      'filling',
      Array.from({ length: count }, (_, i) => ({
        _id: `f${from + i}`,
        _time: bucket + 1000,
        age: (from + i) % 50,
      })),
    );
  const counted = async () => (await all('filling')).get('_all')!.n;
  await arrive(25_000, 0);
  expect(await rollUp(world.ctx, 'filling')).toEqual({ buckets: 1 });
  await arrive(5, 25_000);
  for (let i = 0; i < 3; i++) {
    world.now += 5_000;
    expect(await rollUp(world.ctx, 'filling')).toEqual({ buckets: 0 });
  }
  expect(await counted()).toBe(25_000);
  world.now += PUT_OFF_MS;
  expect(await rollUp(world.ctx, 'filling')).toEqual({ buckets: 1 });
  expect(await counted()).toBe(25_005);
  world.now = bucket + HOUR - 1000;
  await arrive(5, 25_005);
  expect(await rollUp(world.ctx, 'filling')).toEqual({ buckets: 1 });
  await arrive(5, 25_010);
  expect(await rollUp(world.ctx, 'filling')).toEqual({ buckets: 0 });
  world.now = bucket + HOUR;
  expect(await rollUp(world.ctx, 'filling')).toEqual({ buckets: 1 });
  expect(await counted()).toBe(25_015);
  expect(await rollUp(world.ctx, 'filling')).toEqual({ buckets: 0 });
});

/** A context whose lake or ledger fails at the n-th statement, for good. */
function dyingAt(ctx: Ctx, n: number): { ctx: Ctx; died: () => boolean } {
  let left = n;
  const step = () => {
    if (left-- <= 0) throw new Error('killed');
  };
  const { lake, ledger } = ctx;
  return {
    died: () => left < 0,
    ctx: {
      ...ctx,
      lake: {
        ...lake,
        query: async (...args) => {
          step();
          return lake.query(...args);
        },
        command: async (...args) => {
          step();
          return lake.command(...args);
        },
        insert: (batch) => lake.insert(batch),
        close: () => lake.close(),
      },
      ledger: new Proxy(ledger, {
        get(target, name) {
          if (name === 'insertInto' || name === 'updateTable' || name === 'transaction') step();
          const value = target[name as keyof typeof target] as unknown;
          return typeof value === 'function' ? value.bind(target) : value;
        },
      }),
    },
  };
}

test('dying between any two statements changes no number', async () => {
  const rows = minutes(250, classified);
  const labels = Array.from({ length: 90 }, (_, i) => ({ id: `p${i}`, label: i % 4 ? 'yes' : 'no' }));
  await addModel(world, 'expected', TYPES);
  await addPredictions(world, 'expected', rows);
  await addLabels(world, 'expected', labels);
  await rollUp(world.ctx, 'expected');
  const expected = await snapshot(world, 'expected');

  await addModel(world, 'dying', TYPES);
  await addPredictions(world, 'dying', rows);
  await addLabels(world, 'dying', labels);
  let deaths = 0;
  for (; ; deaths++) {
    const { ctx, died } = dyingAt(world.ctx, deaths);
    const ended = await rollUp(ctx, 'dying').then(
      () => true,
      () => false,
    );
    if (ended) {
      expect(died()).toBe(false);
      break;
    }
  }
  expect(deaths).toBeGreaterThan(10);
  expect(await snapshot(world, 'dying')).toEqual(expected);
});

test('late labels re-open only the buckets of their predictions, and numbers become as if they had come in time', async () => {
  const rows = minutes(600, classified);
  const labels = Array.from({ length: 600 }, (_, i) => ({ id: `p${i}`, label: i % 4 ? 'yes' : 'no' }));
  await addModel(world, 'in-time', TYPES);
  await addPredictions(world, 'in-time', rows);
  await addLabels(world, 'in-time', labels);
  await rollUp(world.ctx, 'in-time');

  await addModel(world, 'late', TYPES);
  // A label may come before its prediction, one for an unknown prediction is kept, and a wrong one is corrected.
  await addLabels(world, 'late', [labels[3]!, { id: 'unknown', label: 'yes' }, { id: 'p5', label: 'maybe' }]);
  world.now += 1;
  await addPredictions(world, 'late', rows);
  await rollUp(world.ctx, 'late');
  expect((await all('late')).get('_label')!.n).toBe(2);
  world.now += 5 * 24 * HOUR;
  await rollUp(world.ctx, 'late');
  await addLabels(world, 'late', labels.slice(60, 130));
  expect(await rollUp(world.ctx, 'late')).toEqual({ buckets: 2 });
  world.now += HOUR;
  await addLabels(world, 'late', [...labels.slice(0, 60), ...labels.slice(130)]);
  expect(await rollUp(world.ctx, 'late')).toEqual({ buckets: 9 });
  const sums = async (model: string) =>
    (await snapshot(world, model)).filter((row) => !row.includes('_label_origin'));
  expect(await sums('late')).toEqual(await sums('in-time'));
  expect((await all('late')).has('_score|maybe')).toBe(false);
});

test('a stray label among very many makes no third class, first or last; a share of them does', async () => {
  const rows = minutes(600, classified);
  const labels = rows.map((_, i) => ({ id: `p${i}`, label: i % 4 ? 'yes' : 'no' }));
  const stray = { id: 'p5', label: 'maybe' };
  const apart = async (model: string) =>
    [...(await all(model)).keys()].filter((name) => name.startsWith('_score|')).sort();
  for (const [model, parts, expected] of [
    ['stray-with-all', [labels.with(5, stray)], ['_score|no', '_score|yes']],
    ['stray-later', [labels, [stray]], ['_score|no', '_score|yes']],
    ['third', [labels, labels.slice(0, 60).map(({ id }) => ({ id, label: 'maybe' }))], undefined],
  ] as const) {
    await addModel(world, model, TYPES);
    await addPredictions(world, model, rows);
    for (const part of parts) {
      await addLabels(world, model, part);
      world.now += HOUR;
      await rollUp(world.ctx, model);
    }
    expect(await apart(model)).toEqual(expected ?? ['_score|maybe', '_score|no', '_score|yes']);
    expect((await all(model)).get('_label')!.counts.get('maybe')).toBe(expected ? 1 : 60);
  }
});

test('regression: residuals, their absolute values and numeric labels', async () => {
  await addModel(world, 'regression', { _prediction: 'numeric' });
  await addPredictions(
    world,
    'regression',
    minutes(300, (i) => ({ _prediction: i % 10 ? i : null })),
  );
  await addLabels(world, 'regression', [
    ...Array.from({ length: 200 }, (_, i) => ({ id: `p${i}`, label: i + (i % 2 ? 2 : -4) })),
    { id: 'p200', label: 'no number' },
  ]);
  await rollUp(world.ctx, 'regression');
  const columns = await all('regression');
  expect(columns.get('_label')).toMatchObject({ n: 200, missing: 0, min: -4 });
  expect(columns.get('_residual')).toMatchObject({ n: 180, min: -2, max: 4, sum: 80 * 4 - 100 * 2 });
  expect(columns.get('_absolute_residual')).toMatchObject({
    n: 180,
    sum: 80 * 4 + 100 * 2,
    sum2: 80 * 16 + 100 * 4,
  });
  const both = Array.from({ length: 200 }, (_, i) => i).filter((i) => i % 10 > 0);
  const added = (of: (label: number, residual: number) => number) => both.reduce((sum, i) => sum + (i % 2 ? of(i + 2, -2) : of(i - 4, 4)), 0); // biome-ignore format: one line
  expect(columns.get('_percentage_error')).toMatchObject({ n: 179, max: 2 });
  expect(columns.get('_label_residual')).toMatchObject({ n: 180, sum2: added((y, e) => (y * e) ** 2) });
  expect(columns.get('_label_squared_residual')).toMatchObject({ n: 180, sum: added((y, e) => y * e * e) });
});

test('a new column in the middle exists from its first value on, even in buckets that are rolled up again', async () => {
  await addModel(world, 'growing', { age: 'numeric' });
  await addPredictions(
    world,
    'growing',
    minutes(240, (i) => ({ age: i })),
  );
  await rollUp(world.ctx, 'growing');
  await addModelColumns(world, 'growing', { income: 'numeric', city: 'categorical' });
  await addPredictions(
    world,
    'growing',
    minutes(240, (i) => ({ age: i, income: i < 300 ? null : i, city: i < 360 ? null : 'x' }), 240),
  );
  await addLabels(world, 'growing', [{ id: 'p1', label: 'yes' }]);
  await rollUp(world.ctx, 'growing');
  const points = await readProfiles(
    world.ctx,
    { model: 'growing', columns: ['income', 'city'], ...EVER },
    { step: HOUR },
  );
  expect(
    points.map(({ column, time, profile }) => [column, (time - START) / HOUR, profile.n, profile.missing]),
  ).toEqual([
    ['city', 6, 60, 0],
    ['city', 7, 60, 0],
    ['income', 5, 60, 0],
    ['income', 6, 60, 0],
    ['income', 7, 60, 0],
  ]);
  // Once it exists, a bucket without a value is missing all of them.
  world.now += 60_000;
  await addPredictions(
    world,
    'growing',
    minutes(60, (i) => ({ age: i }), 480),
  );
  await rollUp(world.ctx, 'growing');
  expect((await all('growing')).get('income')).toMatchObject({ n: 240, missing: 60 });
});

test('odd columns: constant, all null, one row a bucket, 10,000 categories, huge numbers', async () => {
  await addModel(world, 'odd', {
    constant: 'numeric',
    nothing: 'numeric',
    id: 'categorical',
    huge: 'numeric',
  });
  const rows = Array.from({ length: 10_000 }, (_, i) => ({
    _id: `p${i}`,
    _time: START + (i < 9_990 ? 5 : (i - 9_980) * HOUR),
    constant: 7,
    id: i < 9_000 ? `k${i}` : 'often',
    huge: i % 3 ? i : i % 2 ? 1.7e308 : -1.7e308,
  }));
  await addPredictions(world, 'odd', rows);
  expect(await rollUp(world.ctx, 'odd')).toEqual({ buckets: 11 });
  const columns = await all('odd');
  expect(columns.get('constant')).toMatchObject({ n: 10_000, sum: 70_000, min: 7, max: 7 });
  expect(columns.get('constant')!.grid).toEqual(new Map([[0, 10_000]]));
  expect(columns.has('nothing')).toBe(false);
  const id = columns.get('id')!;
  expect(id.counts.get('often')).toBe(1000);
  expect(id.counts.size).toBe(100);
  expect(id.other).toBe(10_000 - 1000 - 99);
  const huge = columns.get('huge')!;
  expect([huge.min, huge.max, Number.isFinite(huge.sum), huge.sum2]).toEqual([
    -1.7e308,
    1.7e308,
    true,
    Number.MAX_VALUE,
  ]);
  expect([...huge.grid.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000);
});

test('few values: no grid at first, and all of them are on it once it is frozen', async () => {
  await addModel(world, 'slow', { age: 'numeric' });
  await addPredictions(
    world,
    'slow',
    minutes(10, (i) => ({ age: i })),
  );
  await rollUp(world.ctx, 'slow');
  expect((await all('slow')).get('age')).toMatchObject({ n: 10, max: 9, grid: new Map() });
  world.now += 30_000;
  await addPredictions(
    world,
    'slow',
    minutes(15, (i) => ({ age: i }), 70),
  );
  await rollUp(world.ctx, 'slow');
  expect((await all('slow')).get('age')!.grid.size).toBe(0);
  world.now += 31_000;
  await rollUp(world.ctx, 'slow');
  const frozen = await world.ctx.ledger
    .selectFrom('columns')
    .selectAll()
    .where('model', '=', 'slow')
    .executeTakeFirstOrThrow();
  expect([...(await all('slow')).get('age')!.grid.values()].reduce((sum, count) => sum + count, 0)).toBe(25);
  await addPredictions(
    world,
    'slow',
    minutes(500, (i) => ({ age: 1000 * i }), 200),
  );
  await rollUp(world.ctx, 'slow');
  expect(
    await world.ctx.ledger.selectFrom('columns').selectAll().where('model', '=', 'slow').executeTakeFirst(),
  ).toEqual(frozen);
});

test.each([60_000, 7 * 60_000, HOUR, 24 * HOUR])('buckets of %i ms', async (bucket_ms) => {
  const id = `bucket-${bucket_ms}`;
  await addModel(world, id, TYPES, { bucket_ms });
  await addPredictions(world, id, minutes(300, classified));
  const from = Math.floor(START / bucket_ms);
  const to = Math.floor((START + 299 * 60_000) / bucket_ms);
  expect(await rollUp(world.ctx, id)).toEqual({ buckets: to - from + 1 });
  const points = await readProfiles(world.ctx, { model: id, columns: ['age'], ...EVER }, { step: bucket_ms });
  expect(points.every(({ time }) => time % bucket_ms === 0)).toBe(true);
  // The first row has no age: in the one-minute bucket of its own the column did not exist yet.
  const first = bucket_ms === 60_000 ? 1 : 0;
  expect((await all(id)).get('age')).toMatchObject({ n: 300 - first, missing: 42 - first, invalid: 1 });
});

test('another bucket length makes the profiles anew', async () => {
  await addModel(world, 'resized', TYPES);
  await addPredictions(world, 'resized', minutes(300, classified));
  await addLabels(world, 'resized', [{ id: 'p7', label: 'yes' }]);
  await rollUp(world.ctx, 'resized');
  const hourly = await snapshot(world, 'resized');
  for (const bucket_ms of [24 * HOUR, 60_000, 7 * 60_000, HOUR]) {
    world.now += 1000;
    await world.ctx.ledger.updateTable('models').set({ bucket_ms }).where('id', '=', 'resized').execute();
    await rollUp(world.ctx, 'resized');
    expect((await all('resized')).get('_all')!.n).toBe(300);
    expect((await all('resized')).get('_label')!.n).toBe(1);
    expect(await profileHead(world.ctx, 'resized')).toMatchObject({ bucket_ms, predictions: 300, labels: 1 });
  }
  expect(await snapshot(world, 'resized')).toEqual(hourly);
});

test('a feature may have the name of anything in the statements', async () => {
  const names =
    'bucket version received misfit rows n c v x count column columns collected first center scale label id time sum label_number present'.split(
      ' ',
    );
  const types = Object.fromEntries(
    names.map((name, i) => [name, i % 2 ? 'numeric' : 'categorical'] as const),
  );
  await addModel(world, 'names', {
    ...types,
    _prediction: 'categorical',
    'sepal length (cm)': 'numeric',
    日本: 'categorical',
  });
  const row = (i: number) =>
    Object.fromEntries(names.map((name, k) => [name, k % 2 ? i + k : `${name} ${i % 3}`]));
  await addPredictions(
    world,
    'names',
    minutes(240, (i) => ({ ...row(i), _prediction: 'yes', 'sepal length (cm)': i, 日本: '東京' })),
  );
  await addLabels(world, 'names', [{ id: 'p1', label: 'yes' }]);
  expect(await rollUp(world.ctx, 'names')).toEqual({ buckets: 4 });
  const columns = await all('names');
  for (const [k, name] of names.entries()) {
    expect(columns.get(name)).toMatchObject(
      k % 2 ? { n: 240, min: k, max: 239 + k } : { n: 240, counts: { size: 3 } },
    );
  }
  expect(columns.get('日本')!.counts).toEqual(new Map([['東京', 240]]));
});

/** A context whose lake has too little memory for every statement that can be done in parts. */
function cramped(ctx: Ctx): { ctx: Ctx; large: () => number } {
  let large = 0;
  const { lake } = ctx;
  const command: typeof lake.command = async (sql, ...rest) => {
    if (sql.includes('ARRAY JOIN')) throw new TiltmeterError('query_too_large');
    if (/_sum2|WINDOW/.test(sql)) large++;
    return lake.command(sql, ...rest);
  };
  return { ctx: { ...ctx, lake: { ...lake, command } }, large: () => large };
}

test('buckets too large for memory are counted as they are read, with the same result', async () => {
  for (const id of ['roomy', 'cramped']) {
    await addModel(world, id, { ...TYPES, empty: 'numeric', huge: 'numeric' });
    const rows = minutes(150, (i) => ({ ...classified(i), huge: i % 2 ? -1.7e308 : 1.7e308 }));
    await addPredictions(world, id, [
      ...rows,
      ...minutes(100, (i) => ({ ...classified(i), country: `c${i}` }), 150),
    ]);
  }
  await rollUp(world.ctx, 'roomy');
  const { ctx, large } = cramped(world.ctx);
  await rollUp(ctx, 'cramped', { fewValues: 0 });
  expect(large()).toBeGreaterThan(20);
  const rounded = (rows: string[]) => rows.map((row) => row.replace(/"sum2?":[^,]+,/g, ''));
  expect(rounded(await snapshot(world, 'cramped'))).toEqual(rounded(await snapshot(world, 'roomy')));
});
