import { afterAll, beforeAll, expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { profileHead } from '../heads/read-heads.ts';
import { readColumns, readProfiles } from '../read/read-profiles.ts';
import { addLabels, addModel, addPredictions, createWorld, HOUR, START, type World } from '../test-world.ts';
import { rollUp } from './roll-up.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const EVER = { from: 0, to: START + 1000 * 24 * HOUR };
const all = (model: string) => readColumns(world.ctx, { model, ...EVER });
const rows = (count: number, row: (i: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, i) => ({ _id: `p${i}`, _time: START + i * 60_000, ...row(i) }));

/** A lake in which statements with this word among their values are too large, however small they are made. */
function poisoned(word: string, hurts: () => boolean): Ctx {
  const { ctx } = world;
  return {
    ...ctx,
    lake: {
      ...ctx.lake,
      query: ctx.lake.query.bind(ctx.lake),
      command(sql, params, options) {
        if (hurts() && JSON.stringify(params).includes(word))
          return Promise.reject(
            new TiltmeterError('query_too_large', 'it needs more memory than it may have'),
          );
        return ctx.lake.command(sql, params, options);
      },
    },
  };
}

test('a piece that fails again and again holds up only itself, says why, and is done once it can be', async () => {
  await addModel(world, 'hurt', { good: 'numeric', poison: 'numeric', _prediction: 'categorical' });
  await addPredictions(
    world,
    'hurt',
    rows(300, (i) => ({ good: i, poison: i, _prediction: 'yes' })),
  );
  let hurts = true;
  const ctx = poisoned('"poison"', () => hurts);
  await rollUp(ctx, 'hurt', { fewValues: 0 });
  const head = (await profileHead(ctx, 'hurt'))!;
  expect(head.rolled_up_to).toBeGreaterThan(START);
  expect(head.failure).toMatch(
    /^the column poison of the bucket of .* cannot be counted, and 4 more: .*memory/,
  );
  const columns = await all('hurt');
  expect(columns.get('_all')!.n).toBe(300);
  expect(columns.get('good')!.n).toBe(300);
  expect(columns.has('poison')).toBe(false);

  hurts = false;
  world.now += HOUR;
  await rollUp(ctx, 'hurt', { fewValues: 0 });
  expect((await all('hurt')).get('poison')!.n).toBe(300);
  expect((await profileHead(ctx, 'hurt'))!.failure).toBeNull();
});

test('more rows at once than one statement can look through are looked through in parts', async () => {
  await addModel(world, 'flood', { x: 'numeric' });
  // stamps of one hour, not in the order of the events
  const stamped = rows(600, (i) => ({ x: i, _received_at: world.now + ((i * 7) % 600) * 6_000 }));
  await addPredictions(world, 'flood', stamped);
  world.now += 2 * HOUR;
  let refused = 0;
  const ctx: Ctx = {
    ...world.ctx,
    lake: {
      ...world.ctx.lake,
      query<Row>(...[sql, params, options]: Parameters<Ctx['lake']['query']>) {
        const { since, until } = { since: 0, until: 0, ...params } as { since: number; until: number };
        if (sql.includes('_oldest') && until - since > 500_000) {
          refused++;
          return Promise.reject(new TiltmeterError('query_too_large', 'it needs more time than it may have'));
        }
        return world.ctx.lake.query<Row>(sql, params, options);
      },
    },
  };
  await rollUp(ctx, 'flood');
  expect(refused).toBeGreaterThan(3);
  const head = (await profileHead(ctx, 'flood'))!;
  expect(head).toMatchObject({ predictions: 600, failure: null });
  const columns = await all('flood');
  expect(columns.get('_all')!.n).toBe(600);
  expect(columns.get('x')!).toMatchObject({ n: 600, missing: 0, max: 599 });
});

test('a model with a version for every request has profiles of a hundred of them, and of all rows', async () => {
  await addModel(world, 'builds', { age: 'numeric' });
  await addPredictions(
    world,
    'builds',
    rows(10_000, (i) => ({ _time: START + i * 1000, _version: `build-${i}`, age: i % 50 })),
  );
  await rollUp(world.ctx, 'builds');
  const points = await readProfiles(
    world.ctx,
    { model: 'builds', columns: ['_all'], ...EVER },
    { byVersion: true },
  );
  expect(points.length).toBeLessThanOrEqual(101);
  expect(points.reduce((sum, { profile }) => sum + profile.n, 0)).toBe(10_000);
  expect((await all('builds')).get('age')!.n).toBe(10_000);
});

test('labels and answers that are all different have bounded profiles: the rest is counted together', async () => {
  await addModel(world, 'free', { _prediction: 'categorical', _score: 'numeric' }, { task: 'multiclass' });
  const many = rows(6_000, (i) => ({
    _time: START + (i % 3_000) * 1000,
    _prediction: `answer ${i}`,
    _score: (i % 100) / 100,
  }));
  await addPredictions(world, 'free', many);
  await addLabels(
    world,
    'free',
    many.map((_, i) => ({ id: `p${i}`, label: `truth ${i}` })),
  );
  for (let i = 0; i < 4; i++) {
    await rollUp(world.ctx, 'free');
    world.now += HOUR;
  }
  expect((await profileHead(world.ctx, 'free'))!).toMatchObject({ predictions: 6_000, failure: null });
  const columns = await all('free');
  expect([...columns.keys()]).toEqual(expect.arrayContaining(['_prediction', '_label', '_confusion']));
  for (const [column, most] of [
    ['_prediction', 100],
    ['_label', 100],
    ['_confusion', 2_500],
  ] as const) {
    const { n, counts, other } = columns.get(column)!;
    expect({ column, n }).toEqual({ column, n: 6_000 });
    expect(counts.size, column).toBeLessThanOrEqual(most);
    expect(
      [...counts.values()].reduce((sum, count) => sum + count, other),
      column,
    ).toBe(6_000);
  }
  expect([...columns.keys()].filter((name) => name.startsWith('_score|')).length).toBeLessThanOrEqual(10);
});

test('a setting that did not change makes nothing anew; a task that did keeps what cannot be made again', async () => {
  const { ctx } = world;
  await addModel(world, 'kept', { age: 'numeric', _prediction: 'numeric' });
  const month = 31 * 24 * HOUR;
  const half = (from: number, at: number) =>
    rows(2000, (i) => ({ _id: `p${from + i}`, _time: at + i * 1000, age: i, _prediction: i % 2 }));
  await addPredictions(world, 'kept', [...half(0, START), ...half(2000, START + 2 * month)]);
  await addLabels(world, 'kept', [{ id: 'p1', label: '1' }]);
  await rollUp(ctx, 'kept');
  expect((await all('kept')).get('age')!.n).toBe(4000);

  // Its older half is beyond retention by now.
  const months = await ctx.lake.query<{ month: string }>(
    'SELECT DISTINCT toString(toYYYYMM(_time)) AS month FROM tiltmeter.predictions_kept ORDER BY month',
  );
  await ctx.lake.command(`ALTER TABLE tiltmeter.predictions_kept DROP PARTITION ${months[0]!.month}`);
  for (const task of ['unknown', 'binary'] as const) {
    await ctx.ledger
      .updateTable('models')
      .set({ task, updated_at: world.now })
      .where('id', '=', 'kept')
      .execute();
    world.now += HOUR;
    await rollUp(ctx, 'kept');
    expect((await all('kept')).get('age')!.n).toBe(4000);
    expect((await profileHead(ctx, 'kept'))!.task).toBe(task);
  }
});

test('rows of which nothing is known but the count cost no set of all ids: a small bound of memory is enough', async () => {
  await addModel(world, 'many', { amount: 'numeric', _prediction: 'numeric' });
  await addPredictions(
    world,
    'many',
    rows(60_000, (i) => ({ _time: START + i * 500, amount: i, _prediction: i / 7 })),
  );
  await addLabels(world, 'many', [{ id: 'p5', label: '1.5' }]);
  await rollUp(world.ctx, 'many', { memoryBytes: 8 * 1024 * 1024 });
  const columns = await all('many');
  expect(columns.get('_all')!.n).toBe(60_000);
  expect(columns.get('amount')!.n).toBe(60_000);
  expect((await profileHead(world.ctx, 'many'))!).toMatchObject({
    failure: null,
    predictions: 60_000,
    labels: 1,
  });
});
