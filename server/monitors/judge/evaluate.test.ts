import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { random, randomNormal } from '../../../stats/random.ts';
import { judgedTo } from '../../alerts/judgements.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START, type World } from '../../profiles/test-world.ts';
import { readSignals } from '../../signals/read-signals.ts';
import { evaluate } from './evaluate.ts';
import { modelsToJudge } from './job.ts';

const DAY = 24 * HOUR;

/** `rows` predictions an hour from `from` to `to`; `shape` makes the features of each. */
function stream(
  from: number,
  to: number,
  rows: number,
  shape: (time: number, next: () => number) => Record<string, unknown>,
  seed = 1,
): Record<string, unknown>[] {
  const next = random(seed);
  const all: Record<string, unknown>[] = [];
  for (let hour = from; hour < to; hour += HOUR)
    for (let i = 0; i < rows; i++) {
      const time = hour + Math.floor((i / rows) * HOUR);
      all.push({ _id: `${seed}-${time}-${i}`, _time: time, _error: null, ...shape(time, next) });
    }
  return all;
}

async function fixedReference(world: World, model: string, from: number, to: number): Promise<void> {
  const id = `ref-${model}`;
  await world.ctx.ledger
    .insertInto('references')
    .values({
      id,
      model,
      name: 'normal',
      kind: 'fixed',
      options: JSON.stringify({ from, to }),
      created_by: 'test',
      created_by_id: null,
      created_at: 0,
    })
    .execute();
  await world.ctx.ledger.updateTable('models').set({ reference_id: id }).where('id', '=', model).execute();
}

/** Every alert that began to fire, and in which hour. */
async function fired({ ctx }: World) {
  const rows = await ctx.ledger
    .selectFrom('alert_transitions')
    .select(['kind', 'column', 'time'])
    .where('to_state', '=', 'firing')
    .where('from_state', '!=', 'firing')
    .orderBy('seq')
    .execute();
  return rows.map(({ time, ...alert }) => ({ ...alert, at: (time - START) / HOUR }));
}

describe('a model whose input shifts', () => {
  let world: World;
  const broken = START + 6 * DAY;

  beforeAll(async () => {
    world = await createWorld();
    world.now = START + 10 * DAY;
    await addModel(world, 'm', { age: 'numeric', income: 'numeric', country: 'categorical' });
    const shape = (time: number, next: () => number) => ({
      age: randomNormal(next) * 10 + 40,
      income: time >= broken && next() < 0.3 ? null : Math.exp(randomNormal(next)),
      country: time >= broken + DAY ? (next() < 0.5 ? 'FR' : 'XX') : next() < 0.7 ? 'FR' : 'DE',
    });
    await addPredictions(world, 'm', stream(START, START + 10 * DAY, 60, shape));
    world.now += 20 * 60_000;
    await rollUp(world.ctx, 'm');
    await fixedReference(world, 'm', START, START + 4 * DAY);
    world.now += 60_000;
    await rollUp(world.ctx, 'm');
  });
  afterAll(() => world.close());

  test('finds what broke, in the right columns, soon, and nothing else', async () => {
    const { buckets, points } = await evaluate(world.ctx, await holdModel(world.ctx, 'm'));
    expect(buckets).toBe(240);
    expect(points).toBeGreaterThan(240 * 8);
    const found = await fired(world);
    const first = (kind: string, column: string) =>
      found.find((alert) => alert.kind === kind && alert.column === column)?.at;
    expect(first('missing', 'income')).toBeLessThanOrEqual(6 * 24 + 2);
    expect(first('new_category', 'country')).toBeLessThanOrEqual(7 * 24 + 2);
    expect(first('drift', 'income')).toBeLessThan(7 * 24);
    expect(first('drift', 'country')).toBeLessThan(8 * 24);
    expect(found.filter(({ column }) => column === 'age')).toEqual([]);
    expect(found.filter(({ column }) => column === '')).toEqual([]);
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['missing', 'new_category', 'drift']));
  });

  test('judged again it decides nothing new', async () => {
    const before = await world.ctx.ledger.selectFrom('alert_transitions').selectAll().execute();
    expect(await evaluate(world.ctx, await holdModel(world.ctx, 'm'))).toEqual({
      buckets: 0,
      points: 0,
    });
    expect(await world.ctx.ledger.selectFrom('alert_transitions').selectAll().execute()).toEqual(before);
  });

  test('values are read back beside their own times: a number where the status is ok, none where it is not', async () => {
    for (const points of [7, 1_000]) {
      const signals = await readSignals(world.ctx, { model: 'm' }, { points, known: 'now' });
      expect(signals.length).toBeGreaterThan(12);
      const all = signals.flatMap((signal) => signal.points);
      expect(new Set(all.map(({ status }) => status)).size).toBeGreaterThan(1);
      for (const { status, value } of all) expect(value === null).toBe(status !== 'ok');
    }
  });

  test('folded, the columns of a monitor are one series: the worst of them at each step', async () => {
    const range = { model: 'm', kind: ['drift', 'missing'] };
    const each = await readSignals(world.ctx, range, { points: 1_000, known: 'now' });
    const folded = await readSignals(world.ctx, range, { points: 1_000, known: 'now', columns: true });
    expect(folded.map(({ kind }) => kind)).toEqual(['drift', 'missing']);
    for (const { kind, column, points } of folded) {
      const mine = each.filter((signal) => signal.kind === kind);
      expect(mine.length).toBeGreaterThan(1);
      const highest = new Map<string, number>();
      for (const { time, value } of mine.flatMap((signal) => signal.points))
        highest.set(time, Math.max(highest.get(time) ?? -1, value ?? -1));
      expect(new Map(points.map(({ time, value }) => [time, value ?? -1]))).toEqual(highest);
      const last = points.findLast(({ value }) => (value ?? 0) > 0) ?? points.at(-1)!;
      expect(mine.find((signal) => signal.column === column)!.points).toContainEqual(last);
    }
  });

  test('folded over few steps, the worst of all is still there', async () => {
    const range = { model: 'm', kind: ['drift'] };
    const worstOf = async (points: number, fold: boolean) =>
      Math.max(
        ...(await readSignals(world.ctx, range, { points, known: 'now', columns: fold }))
          .flatMap((signal) => signal.points)
          .map(({ value }) => value ?? -1),
      );
    expect(await worstOf(7, true)).toBe(await worstOf(1_000, false));
  });

  test('every series says what state it is in and why', async () => {
    const alerts = await world.ctx.ledger.selectFrom('alerts').selectAll().execute();
    const states = alerts
      .map(({ kind, column, state, reason }) => `${kind} ${column}: ${state}, ${reason}`)
      .sort();
    expect(states).toMatchInlineSnapshot(`
      [
        "calibration_drift : no_data, no_labels",
        "concept_drift : no_data, no_labels",
        "drift age: ok, within_threshold",
        "drift country: firing, above_threshold",
        "drift income: firing, above_threshold",
        "error_rate : ok, within_threshold",
        "estimate_error : no_data, task_not_settled",
        "estimated_performance : no_data, task_not_settled",
        "freshness : ok, within_threshold",
        "invalid age: ok, within_threshold",
        "invalid country: ok, within_threshold",
        "invalid income: ok, within_threshold",
        "label_coverage : no_data, no_labels",
        "missing age: ok, within_threshold",
        "missing country: ok, within_threshold",
        "missing income: firing, above_threshold",
        "new_category country: firing, above_threshold",
        "performance : no_data, no_labels",
        "range age: ok, within_threshold",
        "range income: ok, within_threshold",
        "volume : ok, within_threshold",
      ]
    `);
  });
});

describe('a single event of long ago', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
    world.now = START + 3 * DAY;
    await addModel(world, 'old', { x: 'numeric' });
    const shape = (_time: number, next: () => number) => ({ x: randomNormal(next) });
    const stray = { _id: 'stray', _time: Date.UTC(2001, 0, 1), _error: null, x: 1 };
    await addPredictions(world, 'old', [stray, ...stream(START, START + 3 * DAY, 30, shape)]);
    world.now += 20 * 60_000;
    await rollUp(world.ctx, 'old');
    await rollUp(world.ctx, 'old');
  });
  afterAll(() => world.close());

  test('does not make a quarter of a century of empty hours, nor an alert', async () => {
    const { buckets, points } = await evaluate(world.ctx, await holdModel(world.ctx, 'old'));
    expect(buckets).toBeLessThan(10_000);
    expect(points).toBeLessThan(30_000);
    expect(await judgedTo(world.ctx)).toEqual(new Map([['old', START + 3 * DAY]]));
    expect(await fired(world)).toEqual([]);
  });
});

test('an hour that is held back since rows came a moment ago is judged a moment later, not when the stream has been quiet', async () => {
  const world = await createWorld();
  try {
    const { ctx } = world;
    await addModel(world, 'm', { x: 'numeric' });
    const hold = await holdModel(ctx, 'm');
    const send = async (from: number, to: number, rows: number) => {
      await addPredictions(
        world,
        'm',
        stream(from, to, rows, () => ({ x: 1 })),
      );
      await rollUp(ctx, 'm', { fence: hold });
    };
    await send(START, START + 2 * HOUR, 10);
    world.now += 20_000;
    await send(START + 2 * HOUR, START + 3 * HOUR, 10);
    world.now += 1_000;
    await evaluate(ctx, hold);
    expect((await judgedTo(ctx)).get('m')).toBe(START + HOUR);
    expect(await modelsToJudge(ctx, ['m'])).toEqual([]);
    world.now += 6_000;
    expect(await modelsToJudge(ctx, ['m'])).toEqual(['m']);
    await evaluate(ctx, hold);
    expect((await judgedTo(ctx)).get('m')).toBe(START + 2 * HOUR);

    // the same when rows for a judged hour come with them
    world.now += 20_000;
    await addPredictions(world, 'm', [{ _id: 'late', _time: START + 1000, _error: null, x: 1 }]);
    await send(START + 3 * HOUR, START + 4 * HOUR, 10);
    world.now += 1_000;
    await evaluate(ctx, hold);
    expect((await judgedTo(ctx)).get('m')).toBe(START + 2 * HOUR);
    world.now += 6_000;
    expect(await modelsToJudge(ctx, ['m'])).toEqual(['m']);
    await evaluate(ctx, hold);
    expect((await judgedTo(ctx)).get('m')).toBe(START + 3 * HOUR);
  } finally {
    await world.close();
  }
});
