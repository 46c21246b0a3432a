import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import {
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../profiles/test-world.ts';
import { getLabelSelection } from './selection.ts';

const RANGE = { from: new Date(START).toISOString(), to: new Date(START + 72 * HOUR).toISOString() };
let world: World;

/** Of one model labels come for large amounts alone, of the other for any. */
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 30 * 24 * HOUR;
  for (const model of ['chosen', 'any']) {
    const types = { _prediction: 'categorical', amount: 'numeric', country: 'categorical' } as const;
    await addModel(world, model, types, { task: 'binary' });
    const next = random(3);
    const rows = Array.from({ length: 4_000 }, (_, i) => ({
      ...{ _id: `${model}${i}`, _time: START + i * 60_000, _prediction: next() < 0.5 ? 'yes' : 'no' },
      ...{ amount: next(), country: `c${i % 5}` },
    }));
    await addPredictions(world, model, rows);
    const labelled = rows.filter(({ amount }) => (model === 'chosen' ? amount > 0.6 : next() < 0.4));
    await addLabels(
      world,
      model,
      labelled.map(({ _id, _prediction }) => ({ id: _id, label: _prediction })),
    );
    for (let run = 0; run < 2; run++) {
      world.now += 60_000;
      await rollUp(world.ctx, model);
    }
  }
}, 300_000);
afterAll(() => world.close());

test('labels that come for large amounts alone are told', async () => {
  const found = await getLabelSelection(world.ctx, 'chosen', RANGE);
  expect(found.unknown).toBeNull();
  expect(found.columns[0]).toMatchObject({ column: 'amount', verdict: 'differs' });
  expect(found.sentence).toBe(
    'The labelled predictions are unlike the rest in amount: quality is told of them alone.',
  );
});

test('labels of any are like the rest', async () => {
  const found = await getLabelSelection(world.ctx, 'any', RANGE);
  expect(found.columns.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
  expect(found.sentence).toContain('like the rest');
});

test('labels that have not had their time, and too few of them, are told by name', async () => {
  await world.ctx.ledger
    .updateTable('models')
    .set({ label_delay_ms: 90 * 24 * HOUR })
    .where('id', '=', 'any')
    .execute();
  expect((await getLabelSelection(world.ctx, 'any', RANGE)).unknown).toBe('labels_not_mature');
  const early = { ...RANGE, to: new Date(START + 2 * HOUR).toISOString() };
  expect((await getLabelSelection(world.ctx, 'chosen', early)).unknown).toBe('too_few_labels');
});
