import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdModel } from '../../jobs/testing/hold-model.ts';
import { evaluate } from '../../monitors/judge/evaluate.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import {
  addArrivals,
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../profiles/test-world.ts';
import { modelFacts } from './read-facts.ts';

const MINUTE = 60_000;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function stands() {
  world.now += MINUTE;
  const [facts] = await modelFacts(world.ctx);
  const { waits, countedTo, dueSince, judged } = facts!;
  return {
    waits,
    countedTo,
    judged,
    waitsSince: dueSince !== null && dueSince <= world.now ? dueSince : null,
  };
}

test('late labels are known to wait until they are counted, and their buckets until they are judged again', async () => {
  const { ctx } = world;
  await addModel(world, 'm', { _prediction: 'categorical' }, { task: 'binary', positive_label: 'yes' });
  const rows = Array.from({ length: 48 }, (_, i) => ({
    ...{ _id: `p${i}`, _time: START + i * HOUR, _prediction: i % 2 ? 'yes' : 'no' },
  }));
  const labels = rows.map(({ _id, _prediction }) => ({ id: _id, label: _prediction }));
  const judge = async () => evaluate(ctx, await holdModel(ctx, 'm'));
  await addPredictions(world, 'm', rows);
  await addLabels(world, 'm', labels.slice(0, 40));
  world.now += MINUTE;
  await rollUp(ctx, 'm');
  await judge();
  const before = await stands();
  expect(before).toMatchObject({ waits: [], waitsSince: null });

  await addLabels(world, 'm', labels.slice(40, 42));
  const came = await stands();
  expect(came).toMatchObject({ waits: ['labels'], countedTo: before.countedTo, waitsSince: null });

  await rollUp(ctx, 'm');
  const { revision } = (await profileHead(ctx, 'm'))!;
  const counted = await stands();
  expect(counted).toMatchObject({ waits: [], judged: before.judged, waitsSince: revision });
  expect(counted.countedTo).not.toBe(before.countedTo);

  await judge();
  const after = await stands();
  expect(after).toMatchObject({ waits: [], waitsSince: null });
  expect(after.judged).not.toBe(before.judged);
});

test('labels that are gathered beside those of many models do not wait, and are told of, until it is time for them', async () => {
  const { ctx } = world;
  const { labelled_to } = (await profileHead(ctx, 'm'))!;
  const many = Array.from({ length: 120 }, (_, i) => `busy${i}`);
  const of = async () => {
    const { waits, gatheringSince } = (await modelFacts(ctx)).find(({ model }) => model === 'm')!;
    return { waits, gatheringSince };
  };
  const [row] = await ctx.ledger.selectFrom('models').selectAll().where('id', '=', 'm').execute();
  for (const id of many)
    await ctx.ledger
      .insertInto('models')
      .values({ ...row!, id, table_name: `predictions_${id}` })
      .execute();
  world.now = labelled_to + 10_000;
  for (const model of ['m', ...many]) await addArrivals(world, model, 'labels', world.now);
  expect(await of()).toEqual({ waits: [], gatheringSince: labelled_to });
  world.now = labelled_to + 2 * MINUTE;
  expect(await of()).toEqual({ waits: ['labels'], gatheringSince: null });
});
