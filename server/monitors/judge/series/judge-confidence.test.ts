import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../../../stats/random.ts';
import { holdModel } from '../../../jobs/testing/hold-model.ts';
import { rollUp } from '../../../profiles/roll-up/roll-up.ts';
import {
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../../profiles/test-world.ts';
import { confidence_drift } from '../../kinds/confidence_drift.ts';
import { prediction_drift } from '../../kinds/prediction_drift.ts';
import { evaluate } from '../evaluate.ts';

const DAYS = 12;
const PER_HOUR = 30;
let world: World;

/** From the tenth day on both models are undecided, and one of them sends the same classes as before all the while. */
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * 24 * HOUR;
  const next = random(5);
  const hours = Array.from({ length: DAYS * 24 * PER_HOUR }, (_, i) => {
    const _time = START + i * (HOUR / PER_HOUR);
    const collapsed = _time >= START + 9 * 24 * HOUR;
    return { _id: `p${i}`, _time, _score: collapsed ? 0.5 : 0.6 + 0.3 * next() };
  });
  await addModel(world, 'classes', { _prediction: 'categorical' }, { task: 'binary' });
  await addPredictions(
    world,
    'classes',
    hours.map((row, i) => ({ ...row, _prediction: i % 3 ? 'yes' : 'no' })),
  );
  await addModel(world, 'scores', {}, { task: 'binary' });
  await addPredictions(world, 'scores', hours);
  for (const model of ['classes', 'scores']) {
    for (let run = 0; run < 2; run++) {
      world.now += 60_000;
      await rollUp(world.ctx, model);
    }
    await evaluate(world.ctx, await holdModel(world.ctx, model));
  }
});
afterAll(() => world.close());

const states = async (model: string) => {
  const rows = await world.ctx.ledger
    .selectFrom('alerts')
    .select(['kind', 'state', 'column'])
    .where('model', '=', model)
    .where('kind', 'in', [confidence_drift.id, prediction_drift.id])
    .orderBy('kind')
    .execute();
  return rows.map(({ kind, state, column }) => [kind, state, column]);
};

test('scores that collapse beside the same classes: the confidence alarms, the prediction does not', async () => {
  expect(await states('classes')).toEqual([
    ['confidence_drift', 'firing', ''],
    ['prediction_drift', 'ok', ''],
  ]);
});

test('where the score is the answer it is told once, as drift of the prediction', async () => {
  expect(await states('scores')).toEqual([['prediction_drift', 'firing', '']]);
});
