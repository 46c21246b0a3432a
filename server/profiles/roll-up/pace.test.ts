import { afterAll, beforeAll, expect, test } from 'vitest';
import { profileHead } from '../heads/read-heads.ts';
import {
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  snapshot,
  type World,
} from '../test-world.ts';
import { AT_ONCE, busyModels, isTime, paceOf } from './pace.ts';
import { rollUp } from './roll-up.ts';
import { modelsToRollUp } from './waiting.ts';

const MINUTE = 60_000;

test('few models are all taken at once; a thousand twice a minute, and their labels every ten of them', () => {
  expect([1, 20].map(paceOf)).toEqual([AT_ONCE, AT_ONCE]);
  expect(paceOf(120)).toEqual({ predictionsMs: 3_000, labelsMs: 60_000 });
  expect(paceOf(1_000)).toEqual({ predictionsMs: 29_400, labelsMs: 588_000 });
  expect(paceOf(100_000)).toEqual({ predictionsMs: 60_000, labelsMs: 600_000 });
});

test('models of which nothing came lately take no time, nor do those of other servers', () => {
  const newest = new Map([
    ['busy', { labels: START }],
    ['quiet', { predictions: START - HOUR }],
    ['another server', { predictions: START }],
  ]);
  expect(busyModels(newest, ['busy', 'quiet', 'never'], START + MINUTE)).toBe(1);
});

test.each([
  ['never taken before', 0, true],
  ['taken a moment ago', START - 1_000, false],
  ['taken as long ago', START - MINUTE, true],
  ['the clock was set back', START + HOUR, true],
])('it is time: %s', (_, takenTo, expected) => {
  expect(isTime(takenTo, MINUTE, START)).toBe(expected);
});

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const rows = (hours: readonly number[]) =>
  hours.map((hour) => ({ _id: `p${hour}`, _time: START + hour * HOUR, _prediction: 'yes' }));
const labels = (hours: readonly number[]) => hours.map((hour) => ({ id: `p${hour}`, label: 'yes' }));

test('labels gather until it is time for them; whatever way they went, the profiles are the same', async () => {
  const pace = { predictionsMs: MINUTE, labelsMs: 10 * MINUTE };
  const { ctx } = world;
  for (const id of ['gathers', 'at-once']) {
    await addModel(world, id, { _prediction: 'categorical' }, { task: 'binary', positive_label: 'yes' });
    await addPredictions(world, id, rows([0, 1, 2, 3]));
    await addLabels(world, id, labels([0]));
  }
  world.now += MINUTE;
  const first = await rollUp(ctx, 'gathers', { pace });
  expect(first).toEqual({ buckets: 4 });
  await rollUp(ctx, 'at-once');

  world.now += MINUTE;
  for (const id of ['gathers', 'at-once']) await addLabels(world, id, labels([1, 2]));
  world.now += MINUTE;
  await rollUp(ctx, 'at-once');
  // Not time for labels: the model is left alone, and one that comes by for its predictions leaves them too.
  expect(await modelsToRollUp(ctx, ['gathers'], pace)).toEqual([]);
  for (const id of ['gathers', 'at-once']) await addPredictions(world, id, rows([4]));
  world.now += MINUTE;
  await rollUp(ctx, 'at-once');
  expect(await modelsToRollUp(ctx, ['gathers'], pace)).toEqual(['gathers']);
  expect(await rollUp(ctx, 'gathers', { pace })).toEqual({ buckets: 1, gathering: true });
  expect((await profileHead(ctx, 'gathers'))!.labels).toBe(1);

  for (const id of ['gathers', 'at-once']) await addLabels(world, id, labels([3]));
  world.now += 10 * MINUTE;
  expect(await modelsToRollUp(ctx, ['gathers'], pace)).toEqual(['gathers']);
  for (const id of ['gathers', 'at-once']) await rollUp(ctx, id, { pace });
  expect((await profileHead(ctx, 'gathers'))!.labels).toBe(4);
  expect(await snapshot(world, 'gathers')).toEqual(await snapshot(world, 'at-once'));
});
