import { afterAll, beforeAll, expect, test } from 'vitest';
import { rollUp } from '../roll-up/roll-up.ts';
import { addLabels, addModel, addPredictions, createWorld, HOUR, START, type World } from '../test-world.ts';
import { type ProfileHead, REWRITES, type Rewrite, withRewrite } from './profile-head.ts';
import { columnHeads, profileHead, profileHeads } from './read-heads.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({
    _id: `p${from + i}`,
    _time: START + (from + i) * 60_000,
    _version: from + i < 120 ? 'v1' : 'v2',
    age: i,
    _prediction: 'yes',
  }));

async function twoRollUps(model: string): Promise<void> {
  await addModel(world, model, { age: 'numeric', _prediction: 'categorical' });
  await addPredictions(world, model, rows(200));
  await addLabels(world, model, [{ id: 'p1', label: 'yes' }]);
  await rollUp(world.ctx, model);
  world.now += HOUR;
  await addPredictions(world, model, rows(100, 200));
  await addLabels(world, model, [{ id: 'p250', label: 'no' }]);
  await rollUp(world.ctx, model);
}

test('a head says what the profiles hold', async () => {
  await twoRollUps('kept');
  const head = (await profileHead(world.ctx, 'kept'))!;
  expect(head).toMatchObject({
    model: 'kept',
    task: 'unknown',
    bucket_ms: HOUR,
    first: START,
    last: START + 4 * HOUR,
    newest_event: START + 299 * 60_000,
    last_received: expect.any(Number),
    predictions: 300,
    labels: 2,
    versions: [
      { version: 'v2', last: START + 4 * HOUR },
      { version: 'v1', last: START + HOUR },
    ],
    traffic: [0, 1, 2, 3, 4].map((hour) => ({ time: START + hour * HOUR, n: 60 })),
    failure: null,
  });
  expect(head.last_received).toBeGreaterThanOrEqual(world.now);
  expect(
    head.rewrites.map(({ from, to, what }) => [(from - START) / HOUR, (to - START) / HOUR, what]),
  ).toEqual([
    [0, 4, 'all'],
    [0, 1, 'labels'],
    [3, 5, 'all'],
    [4, 5, 'labels'],
  ]);
  expect(head.rewrites.at(-1)!.revision).toBe(head.revision);
  const columns = await columnHeads(world.ctx, 'kept');
  expect(columns.get('age')).toEqual({
    column: 'age',
    first: START,
    last: START + 4 * HOUR,
    revision: head.revision,
  });
  expect(columns.get('_label')).toMatchObject({ first: START, last: START + 4 * HOUR });
  expect([...(await profileHeads(world.ctx, ['kept', 'none'])).keys()]).toEqual(['kept']);
});

test('a head that is lost is made again, the same', async () => {
  await twoRollUps('lost');
  const facts = ({ first, last, predictions, labels, versions, traffic, newest_event }: ProfileHead) => ({
    ...{ first, last, predictions, labels, versions, traffic, newest_event },
  });
  const head = (await profileHead(world.ctx, 'lost'))!;
  const columns = await columnHeads(world.ctx, 'lost');
  await world.ctx.ledger.deleteFrom('profile_heads').where('model', '=', 'lost').execute();
  await world.ctx.ledger.deleteFrom('column_heads').where('model', '=', 'lost').execute();
  await rollUp(world.ctx, 'lost');
  const again = (await profileHead(world.ctx, 'lost'))!;
  expect(facts(again)).toEqual(facts(head));
  expect(again.revision).toBeGreaterThan(head.revision);
  expect(
    [...(await columnHeads(world.ctx, 'lost'))].map(([name, { first, last }]) => [name, first, last]),
  ).toEqual([...columns].map(([name, { first, last }]) => [name, first, last]));
});

test('a row that is dated ahead of its arrival does not move the newest event', async () => {
  await addModel(world, 'ahead', { age: 'numeric' });
  await addPredictions(world, 'ahead', [
    { _id: 'a', _time: world.now - HOUR, age: 1 },
    { _id: 'b', _time: world.now + 20 * HOUR, age: 1 },
  ]);
  await rollUp(world.ctx, 'ahead');
  const head = (await profileHead(world.ctx, 'ahead'))!;
  expect(head).toMatchObject({ newest_event: world.now - HOUR, predictions: 2 });
  expect(head.traffic).toHaveLength(1);
});

test('rewrites beyond the bound become one that covers them', () => {
  const each = (i: number): Rewrite => ({ from: i * HOUR, to: (i + 1) * HOUR, revision: i, what: 'labels' });
  let list: readonly Rewrite[] = [];
  for (let i = 0; i < REWRITES + 2; i++) list = withRewrite(list, each(i));
  expect(list).toHaveLength(REWRITES);
  expect(list[0]).toEqual({ from: 0, to: 3 * HOUR, revision: 2, what: 'labels' });
});
