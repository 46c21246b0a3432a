import { afterAll, beforeAll, expect, test } from 'vitest';
import { random, randomNormal } from '../../../../stats/random.ts';
import { holdModel } from '../../../jobs/testing/hold-model.ts';
import { storeReference } from '../../../profiles/references/store-reference.ts';
import { rollUp } from '../../../profiles/roll-up/roll-up.ts';
import {
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../../profiles/test-world.ts';
import { evaluate } from '../evaluate.ts';

const DAY = 24 * HOUR;
const PER_HOUR = 10;
/** From here on the errors of the model are three times as large, and stay so. */
const WORSE = START + 12 * DAY;

let world: World;
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  await addModel(world, 'm', { _prediction: 'numeric' }, { task: 'regression' });
});
afterAll(() => world.close());

/** Predictions of the days with their labels, judged. */
async function live(from: number, to: number): Promise<void> {
  const rows = [];
  const labels = [];
  for (let time = START + from * DAY; time < START + to * DAY; time += HOUR / PER_HOUR) {
    const error = randomNormal(random(time / 1000)) * (time >= WORSE ? 3 : 1);
    rows.push({ _id: `p${time}`, _time: time, _prediction: 50 });
    labels.push({ id: `p${time}`, label: 50 + error });
  }
  await addPredictions(world, 'm', rows);
  await addLabels(world, 'm', labels);
  await judge();
}

async function judge(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'm');
  }
  const fence = await holdModel(world.ctx, 'm');
  await evaluate(world.ctx, fence);
}

async function choose(id: string, from: number | null, to = from): Promise<void> {
  world.now += 1_000;
  const days = from === null ? {} : { from: START + from * DAY, to: START + to! * DAY };
  const kind = from === null ? ('file' as const) : ('fixed' as const);
  await storeReference(world.ctx, { id, model: 'm', name: id, kind, options: days }, 'always');
}

const alert = () =>
  world.ctx.ledger
    .selectFrom('alerts')
    .selectAll()
    .where('kind', '=', 'performance')
    .executeTakeFirstOrThrow();
const baseline = async () => (await world.ctx.ledger.selectFrom('baselines').selectAll().execute())[0];

test('quality is compared with the reference that has labels, and lost quality is found', async () => {
  await choose('labelled', 0, 3);
  await live(0, 15);
  expect(await alert()).toMatchObject({ state: 'firing', reason: 'above_threshold' });
  expect(await baseline()).toMatchObject({ compared_with: 'labelled', judged_from: null });
});

test('a new reference without labels leaves the baseline of quality, and what fires, as they were', async () => {
  const before = await baseline();
  const { since } = await alert();
  await choose('no labels', null);
  await live(15, 24);
  expect(await alert()).toMatchObject({ state: 'firing', since });
  expect(await baseline()).toEqual(before);
});

test('also for a monitor that is judged for the first time after it', async () => {
  await world.ctx.ledger.deleteFrom('baselines').execute();
  await live(24, 25);
  expect(await baseline()).toMatchObject({ compared_with: 'labelled' });
  expect(await alert()).toMatchObject({ state: 'firing' });
});

test('one with labels takes its place, and an alert that ends by that says so', async () => {
  await choose('as bad', 13, 16);
  await live(25, 28);
  expect(await baseline()).toMatchObject({ compared_with: 'as bad', judged_from: START + 25 * DAY - HOUR });
  const lines = await world.ctx.ledger
    .selectFrom('alert_transitions')
    .selectAll()
    .where('kind', '=', 'performance')
    .where('from_state', '=', 'firing')
    .where('to_state', '!=', 'firing')
    .execute();
  expect(lines.map(({ to_state, reason }) => [to_state, reason])).toEqual([
    ['resolved', 'reference_changed'],
  ]);
});
