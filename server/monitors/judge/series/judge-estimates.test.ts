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
import { concept_drift } from '../../kinds/concept_drift.ts';
import { estimate_error } from '../../kinds/estimate_error.ts';
import { estimated_performance } from '../../kinds/estimated_performance.ts';
import { readQualityChange } from '../../read-quality-change.ts';
import { evaluate } from '../evaluate.ts';

const DAY = 24 * HOUR;
const PER_HOUR = 30;
let world: World;

interface Shape {
  readonly days: number;
  /** Days of which the labels come. */
  readonly labelled: number;
  /** The score at a time, of a uniform number, and the chance of a yes at a score. */
  score(day: number, u: number): number;
  chance(day: number, score: number): number;
}

async function run(model: string, { days, labelled, score, chance }: Shape): Promise<void> {
  const next = random(11);
  const rows = [];
  const labels = [];
  for (let i = 0; i < days * 24 * PER_HOUR; i++) {
    const _time = START + i * (HOUR / PER_HOUR);
    const day = Math.floor((_time - START) / DAY);
    const _score = score(day, next());
    rows.push({ _id: `${model}${i}`, _time, _score, _prediction: _score > 0.5 ? 'yes' : 'no' });
    if (day < labelled)
      labels.push({ id: `${model}${i}`, label: next() < chance(day, _score) ? 'yes' : 'no' });
  }
  await addModel(world, model, { _prediction: 'categorical' }, { task: 'binary', positive_label: 'yes' });
  await addPredictions(world, model, rows);
  await addLabels(world, model, labels);
  for (let again = 0; again < 2; again++) {
    world.now += 60_000;
    await rollUp(world.ctx, model);
  }
  await evaluate(world.ctx, await holdModel(world.ctx, model));
}

beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  // Labels stop after eight days; from the eleventh on the model is undecided about everything.
  await run('unlabelled', {
    ...{ days: 14, labelled: 8 },
    score: (day, u) => (day < 11 ? u : 0.4 + 0.2 * u),
    chance: (_, score) => score,
  });
  // Labels come always; from the ninth day on scores mean nothing any more, though they look as before.
  await run('broken', {
    ...{ days: 13, labelled: 13 },
    score: (_, u) => u,
    chance: (day, score) => (day < 9 ? score : 0.5),
  });
});
afterAll(() => world.close());

const valuesOf = async (model: string, kind: string) => {
  const [series] = await readSignals(world.ctx, { model, kind: [kind] }, { points: 10_000, known: 'now' });
  const points = (series?.points ?? []).filter(({ value }) => value !== null);
  return (day: number) => points.find(({ time }) => Date.parse(time) === START + day * DAY);
};
const stateOf = (model: string, kind: string) =>
  world.ctx.ledger
    .selectFrom('alerts')
    .select(['state', 'metric', 'since'])
    .where('model', '=', model)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();

// Of a uniform score that is true the area is 5/6; of one between 0.4 and 0.6 it is 8/15.
test('without labels the estimate goes on, is right, and fires when scores promise less', async () => {
  const at = await valuesOf('unlabelled', estimated_performance.id);
  expect(at(10)!.low).toBeLessThan(5 / 6);
  expect(at(10)!.high).toBeGreaterThan(5 / 6);
  expect(at(13)!.low!).toBeLessThan(8 / 15);
  expect(at(13)!.high!).toBeGreaterThan(8 / 15);
  expect(at(13)!.high!).toBeLessThan(0.7);
  const alert = await stateOf('unlabelled', estimated_performance.id);
  expect(alert).toMatchObject({ state: 'firing', metric: 'roc_auc' });
  expect(alert.since).toBeGreaterThanOrEqual(START + 11 * DAY);
});

test('what scores mean has changed: the estimate does not see it, but says that it was wrong, and becomes unsure', async () => {
  const estimated = await valuesOf('broken', estimated_performance.id);
  expect(estimated(12)!.value!).toBeCloseTo(5 / 6, 1);
  const width = (day: number) => estimated(day)!.high! - estimated(day)!.low!;
  expect(width(12)).toBeGreaterThan(3 * width(9));
  const error = await valuesOf('broken', estimate_error.id);
  expect(Math.abs(error(8)!.value!)).toBeLessThan(0.06);
  expect(error(12)!.value!).toBeCloseTo(1 / 3, 1);
  expect(await stateOf('broken', estimate_error.id)).toMatchObject({ state: 'firing' });
  expect(await stateOf('broken', estimated_performance.id)).toMatchObject({ state: 'ok' });
});

test('an incident of it can tell what the change is made of: scores mean something else', async () => {
  const range = { from: START + 10 * DAY, to: START + 13 * DAY };
  const change = await readQualityChange(world.ctx, 'broken', range);
  const part = (id: string) => change!.parts.find((one) => one.id === id)!;
  expect(part('concept').high).toBeLessThan(-0.2);
  expect(part('covariate').low).toBeLessThanOrEqual(0);
  expect(part('covariate').high).toBeGreaterThanOrEqual(0);
  // Nothing labelled then, and a model that there is not.
  expect(await readQualityChange(world.ctx, 'unlabelled', range)).toBeNull();
  expect(await readQualityChange(world.ctx, 'nobody', range)).toBeNull();
});

test('concept drift is told from when scores ceased to mean anything', async () => {
  const alert = await stateOf('broken', concept_drift.id);
  expect(alert).toMatchObject({ state: 'firing', metric: 'loss_rise' });
  expect(alert.since).toBeGreaterThanOrEqual(START + 9 * DAY);
  expect(alert.since).toBeLessThan(START + 10 * DAY);
  expect((await stateOf('unlabelled', concept_drift.id)).state).not.toBe('firing');
});
