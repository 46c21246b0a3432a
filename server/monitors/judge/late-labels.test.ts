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
import type { Lake } from '../../store/lake/lake.ts';
import { evaluate } from './evaluate.ts';

const DAYS = 14;
/** Predictions of an hour. */
const RATE = 4;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** The lake, and how many statements it was asked. */
function counted(): { lake: Lake; asked: () => number } {
  const { lake } = world.ctx;
  let n = 0;
  const count =
    <Args extends unknown[], Answer>(of: (...args: Args) => Answer) =>
    (...args: Args) => {
      n++;
      return of(...args);
    };
  const own: Pick<Lake, 'query' | 'command' | 'insert'> = {
    query: count(lake.query.bind(lake)) as Lake['query'],
    command: count(lake.command.bind(lake)),
    insert: count(lake.insert.bind(lake)),
  };
  return { lake: Object.assign(Object.create(lake) as Lake, own), asked: () => n };
}

/** Rolls up and judges what came; how many statements of the lake that took. */
async function tick(): Promise<number> {
  const { lake, asked } = counted();
  world.now += 60_000;
  await rollUp({ ...world.ctx, lake }, 'm');
  await evaluate({ ...world.ctx, lake }, await holdModel(world.ctx, 'm'));
  return asked();
}

test('new rows and late labels in one tick take few statements more than late labels alone', async () => {
  await addModel(
    world,
    'm',
    { _prediction: 'categorical', _score: 'numeric', amount: 'numeric' },
    { task: 'binary', positive_label: 'yes' },
  );
  const next = random(11);
  const rows = Array.from({ length: (DAYS * 24 + 3) * RATE }, (_, i) => {
    const _score = next();
    const _prediction = _score > 0.5 ? 'yes' : 'no';
    return { _id: `p${i}`, _time: START + (i * HOUR) / RATE, _score, _prediction, amount: 100 * next() };
  });
  const labels = rows.map(({ _id, _score }, i) => ({ id: _id, label: next() < _score ? 'yes' : 'no', i }));
  // Those of every second prediction come at once, the others later.
  const [early, late] = [labels.filter(({ i }) => i % 2 === 0), labels.filter(({ i }) => i % 2 === 1)];
  let hour = DAYS * 24;
  const add = async (what: { rows?: boolean; labels?: boolean }) => {
    if (what.rows) await addPredictions(world, 'm', rows.slice(hour * RATE, ++hour * RATE));
    // Of predictions of a few hours of the last week.
    if (what.labels) await addLabels(world, 'm', late.splice((hour * RATE) / 2 - 200, 6));
  };
  world.now = START + DAYS * 24 * HOUR + 600_000;
  await addPredictions(world, 'm', rows.slice(0, hour * RATE));
  await addLabels(
    world,
    'm',
    early.filter(({ i }) => i < hour * RATE),
  );
  await tick();
  await add({ labels: true });
  await tick();
  world.now += HOUR;
  await add({ rows: true });
  const rowsAlone = await tick();
  await add({ labels: true });
  const labelsAlone = await tick();
  world.now += HOUR;
  await add({ rows: true, labels: true });
  const both = await tick();
  const dearer = Math.max(rowsAlone, labelsAlone);
  expect(dearer).toBeLessThanOrEqual(16);
  // What only new rows need: five statements to count them, three to judge what has nothing to do with labels.
  expect(both).toBeLessThanOrEqual(dearer + 8);
});
