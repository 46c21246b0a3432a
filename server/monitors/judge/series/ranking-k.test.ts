import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../../../stats/random.ts';
import { holdModel } from '../../../jobs/testing/hold-model.ts';
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
import { readSignals } from '../../../signals/read-signals.ts';
import { evaluate } from '../evaluate.ts';

const DAY = 24 * HOUR;
const ITEMS = ['a', 'b', 'c', 'd', 'e', 'f'];
let world: World;

async function judge(): Promise<void> {
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'm');
  }
  await evaluate(world.ctx, await holdModel(world.ctx, 'm'));
}

/** A series of every definition that was ever judged, with its newest value that has one. */
async function judged() {
  const series = await readSignals(
    world.ctx,
    { model: 'm', kind: ['performance'] },
    { points: 10_000, known: 'now' },
  );
  return series.map(({ definition, points }) => ({
    definition,
    value: points.findLast(({ value }) => value !== null)?.value,
  }));
}

beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  await addModel(world, 'm', {}, { task: 'ranking', label_delay_ms: DAY });
  const next = random(3);
  const times = Array.from({ length: 14 * 24 * 10 }, (_, i) => START + i * (HOUR / 10));
  await addPredictions(
    world,
    'm',
    times.map((_time) => ({
      ...{ _id: `p${_time}`, _time },
      _ranked: Object.fromEntries(ITEMS.map((item, rank) => [item, -rank])),
    })),
  );
  await addLabels(
    world,
    'm',
    times.map((time) => ({ id: `p${time}`, label: ITEMS[Math.floor(next() * 6)]! })),
  );
});
afterAll(() => world.close());

test('values of another k are of another definition, and what is normal is learned anew', async () => {
  await judge();
  const [of] = await judged();
  // One of six is relevant, each rank as likely: the mean of 1 / log₂(rank + 1).
  expect(of).toMatchObject({ definition: 'ndcg@1', value: expect.closeTo(0.5508, 1) });
  await world.ctx.ledger
    .updateTable('models')
    .set({ ranking_k: 2, updated_at: world.now + 1 })
    .execute();
  await judge();
  expect(await judged()).toMatchObject([{ definition: 'ndcg_at_2@1', value: expect.closeTo(0.2718, 1) }]);
  const kept = await world.ctx.ledger
    .selectFrom('baselines')
    .selectAll()
    .where('made_of', 'like', 'ndcg%')
    .execute();
  expect(kept.map(({ made_of }) => made_of)).toEqual([expect.stringContaining('_ranked|ndcg@2')]);
  // Less of it counts now: that is no loss.
  const alerts = await world.ctx.ledger
    .selectFrom('alerts')
    .selectAll()
    .where('kind', '=', 'performance')
    .execute();
  expect(alerts.map(({ state }) => state)).toEqual(['ok']);
});
