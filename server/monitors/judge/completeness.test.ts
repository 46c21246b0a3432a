import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgedTo } from '../../alerts/judgements.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START, type World } from '../../profiles/test-world.ts';
import { evaluate } from './evaluate.ts';

const MINUTE = 60_000;
const DAY = 24 * HOUR;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const rows = (from: number, to: number, perHour = 40) =>
  Array.from({ length: ((to - from) / HOUR) * perHour }, (_, i) => {
    const time = from + Math.floor((i / perHour) * HOUR);
    return { _id: `${time}`, _time: time, x: i % 7 };
  });

async function judge(model: string): Promise<void> {
  await rollUp(world.ctx, model);
  await evaluate(world.ctx, await holdModel(world.ctx, model));
}

const volumes = (model: string) =>
  world.ctx.lake.query<{ hour: number; now: number; first: number }>(
    `SELECT intDiv(toUnixTimestamp64Milli(time) - {start:Int64}, ${HOUR}) AS hour,
  argMax(value, tuple(known = 'now', known_at)) AS now, argMin(value, tuple(known = 'now', known_at)) AS first
FROM tiltmeter.signal_values WHERE model = {model:String} AND kind = 'volume' AND value IS NOT NULL GROUP BY hour ORDER BY hour`,
    { model, start: START },
  );

const fired = (model: string) =>
  world.ctx.ledger
    .selectFrom('alert_transitions')
    .select(['kind', 'from_state', 'to_state', 'reason', 'correction'])
    .where('model', '=', model)
    .where((eb) => eb.or([eb('to_state', '=', 'firing'), eb('from_state', '=', 'firing')]))
    .execute();

test('hours that become visible just after the roll-up has looked are not judged empty', async () => {
  world.now = START + 60 * DAY;
  await addModel(world, 'clean', { x: 'numeric' });
  const between = (time: number) => time >= START + 100 * HOUR && time < START + 113 * HOUR;
  const all = rows(START, START + 7 * DAY);
  await addPredictions(
    world,
    'clean',
    all.filter(({ _time }) => !between(_time)),
  );
  const underWay = world.ctx.stamps.next();
  world.now += 1_000;
  await judge('clean');
  // Stamped before the look, visible after it.
  await addPredictions(
    world,
    'clean',
    all.filter(({ _time }) => between(_time)).map((row) => ({ ...row, _received_at: underWay })),
  );
  world.ctx.stamps.settled(underWay);
  world.now += 5_000;
  await judge('clean');
  world.now += 10_000;
  await judge('clean');
  const found = await volumes('clean');
  expect(found.length).toBeGreaterThan(80);
  expect(found.filter(({ now }) => now !== 40)).toEqual([]);
  expect(await fired('clean')).toEqual([]);
});

test('hours that come when they were judged empty are judged again, and what was told is taken back', async () => {
  world.now = START + 60 * DAY;
  await addModel(world, 'late', { x: 'numeric' });
  const from = START + 7 * DAY - 14 * HOUR;
  const between = (time: number) => time >= from && time < from + 13 * HOUR;
  const all = rows(START, START + 7 * DAY);
  await addPredictions(
    world,
    'late',
    all.filter(({ _time }) => !between(_time)),
  );
  world.now += MINUTE;
  await judge('late');
  world.now += HOUR;
  await judge('late');
  expect(await fired('late')).toMatchObject([{ kind: 'volume', to_state: 'firing' }]);
  await addPredictions(
    world,
    'late',
    all.filter(({ _time }) => between(_time)),
  );
  world.now += MINUTE;
  await judge('late');
  expect((await fired('late')).slice(1)).toMatchObject([
    { kind: 'volume', from_state: 'firing', to_state: 'ok', reason: 'corrected', correction: 1 },
  ]);
  const found = await volumes('late');
  expect(found.filter(({ now }) => now !== 40)).toEqual([]);
  expect(found.filter(({ first }) => first === 0)).toHaveLength(13);
});

test('one event that is dated ahead does not close hours of a pipeline that lags', async () => {
  world.now = START + 3 * DAY;
  await addModel(world, 'lagging', { x: 'numeric' });
  const lag = 50 * MINUTE;
  await addPredictions(world, 'lagging', [
    ...rows(START, world.now - HOUR),
    { _id: 'ahead', _time: world.now + 20 * HOUR, x: 1 },
  ]);
  for (let step = 0; step < 3; step++) {
    const from = world.now - HOUR;
    world.now += HOUR - lag;
    await addPredictions(world, 'lagging', rows(from, world.now - lag));
    await judge('lagging');
    world.now += 6_000;
    await judge('lagging');
    const complete = (await judgedTo(world.ctx, ['lagging'])).get('lagging') ?? 0;
    expect(complete).toBeLessThanOrEqual(world.now - lag);
    expect(complete).toBeGreaterThan(world.now - lag - 3 * HOUR);
    world.now += lag - 6_000;
  }
});
