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
import { createMonitor } from '../../configure/create-monitor.ts';
import { evaluate } from '../evaluate.ts';

const DAY = 24 * HOUR;
const DAYS = 14;
const PER_HOUR = 20;
const CHOSEN = ['f1', 'recall', 'mcc', 'pr_auc', 'brier', 'ece'];

let world: World;

/** From the eleventh day on the model says what is true in half of the cases: its scores mean nothing any more. */
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  const types = { _prediction: 'categorical', _score: 'numeric' } as const;
  await addModel(world, 'm', types, { task: 'binary', positive_label: 'yes' });
  const next = random(7);
  const rows = [];
  const labels = [];
  for (let time = START; time < START + DAYS * DAY; time += HOUR / PER_HOUR) {
    const _score = next();
    const yes = time < START + 11 * DAY ? next() < _score : next() < 0.5;
    rows.push({ _id: `p${time}`, _time: time, _score, _prediction: _score > 0.5 ? 'yes' : 'no' });
    labels.push({ id: `p${time}`, label: yes ? 'yes' : 'no' });
  }
  await addPredictions(world, 'm', rows);
  await addLabels(world, 'm', labels);
  for (const metric of CHOSEN)
    await createMonitor(world.ctx, {
      ...{ model: 'm', kind: 'performance', options: { metric }, severity: 'page', enabled: true },
    });
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'm');
  }
  await evaluate(world.ctx, await holdModel(world.ctx, 'm'));
});
afterAll(() => world.close());

// Of a uniform score that is true: precision above t is (1 + t) / 2, so that F1 and recall are 3/4 and the area 5/6; of one that means nothing, a half.
test.each([
  ['f1', 0.75, 0.5],
  ['recall', 0.75, 0.5],
  ['mcc', 0.5, 0],
  ['pr_auc', 5 / 6, 0.5],
  ['brier', 1 / 6, 1 / 3],
  ['ece', 0.015, 0.25],
])(
  '%s is judged beside the headline: what it was, what it is, and that it fires',
  async (metric, was, is) => {
    const read = await readSignals(
      world.ctx,
      { model: 'm', kind: ['performance'], metric },
      { points: 10_000, known: 'now' },
    );
    expect(read.map((series) => series.metric)).toEqual([metric]);
    const values = read[0]!.points.filter(({ value }) => value !== null);
    const at = (day: number) => values.find(({ time }) => Date.parse(time) === START + day * DAY)!;
    expect(Math.abs(at(10).value! - was)).toBeLessThan(0.06);
    expect(Math.abs(at(13).value! - is)).toBeLessThan(0.06);
    const alert = await world.ctx.ledger
      .selectFrom('alerts')
      .select(['state', 'since'])
      .where('metric', '=', metric)
      .executeTakeFirstOrThrow();
    expect(alert.state).toBe('firing');
    expect(alert.since).toBeGreaterThanOrEqual(START + 11 * DAY);
  },
);
