import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
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
import { slicesJob } from './job.ts';
import { slicesWithin } from './keep.ts';

const DAY = 24 * HOUR;
let world: World;

/** Answers for one country are wrong half of the time, elsewhere in one of ten. */
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 30 * DAY;
  await addModel(world, 'm', { _prediction: 'categorical', country: 'categorical' }, { task: 'binary' });
  const next = random(7);
  const rows = Array.from({ length: 4_000 }, (_, i) => ({
    ...{ _id: `p${i}`, _time: START + i * 60_000, _prediction: next() < 0.5 ? 'yes' : 'no' },
    country: i % 10 === 0 ? 'FR' : `c${i % 7}`,
  }));
  await addPredictions(world, 'm', rows);
  const wrong = (country: string) => next() < (country === 'FR' ? 0.5 : 0.1);
  const labels = rows.map(({ _id, _prediction, country }) => {
    const other = _prediction === 'yes' ? 'no' : 'yes';
    return { id: _id, label: wrong(country) ? other : _prediction };
  });
  await addLabels(world, 'm', labels);
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'm');
  }
}, 120_000);
afterAll(() => world.close());

test('the slices that lose most are looked for once a day, in a process of its own, and kept', async () => {
  const job = slicesJob();
  expect(await job.waiting(world.ctx, ['m'])).toEqual(['m']);
  await job.run(world.ctx, await holdModel(world.ctx, 'm'));
  expect(await job.waiting(world.ctx, ['m'])).toEqual([]);
  const [found] = await slicesWithin(world.ctx, ['m'], { from: START, to: START + DAY });
  expect(found!.items[0]!.text).toBe('country = FR');
  expect(found!.items[0]!.sentence).toContain('elsewhere');
  expect(await slicesWithin(world.ctx, ['m'], { from: START + 20 * DAY, to: START + 21 * DAY })).toEqual([]);
  world.now += DAY;
  expect(await job.waiting(world.ctx, ['m'])).toEqual(['m']);
});
