import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { getQuality } from '../../fleet/quality/get-quality.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import {
  addLabels,
  addModel,
  addOutcomes,
  addPredictions,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../profiles/test-world.ts';
import { readSignals } from '../../signals/read-signals.ts';
import { createMonitor } from '../configure/create-monitor.ts';
import { evaluate } from '../judge/evaluate.ts';
import { business } from './business.ts';

const DAY = 24 * HOUR;
const DAYS = 14;
const PER_HOUR = 20;
const N = DAYS * 24 * PER_HOUR;
const time = (i: number) => START + i * (HOUR / PER_HOUR);
const late = (i: number) => time(i) >= START + 11 * DAY;

let world: World;

/** From the eleventh day on a third buys where a half did, and all wrong answers are of the dear sort. */
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  const types = { _prediction: 'categorical' } as const;
  const impact = JSON.stringify({ false_positive: -5, false_negative: -300 });
  await addModel(world, 'shop', types, { task: 'binary', positive_label: 'yes', impact });
  const next = random(5);
  const scores = Array.from({ length: N }, () => next());
  const rows = scores.map((_score, i) => ({
    ...{ _id: `p${i}`, _time: time(i), _score },
    _prediction: _score > 0.5 ? 'yes' : 'no',
  }));
  await addPredictions(world, 'shop', rows);
  // One in ten answers is wrong.
  const labels = scores.map((score, i) => {
    const wrong = i % 10 === 0;
    const yes = late(i) && wrong ? true : score > 0.5 !== wrong;
    return { id: `p${i}`, label: yes ? 'yes' : 'no' };
  });
  await addLabels(world, 'shop', labels);
  const bought = scores.flatMap((score, i) =>
    next() < (late(i) ? 0.33 : 0.5)
      ? [{ metric: 'revenue', value: 20 * score, id: `p${i}`, time: time(i) + HOUR }]
      : [],
  );
  const complaints = scores.flatMap((_, i) =>
    i % 50 === 0 ? [{ metric: 'complaints', value: 1, id: `p${i}`, time: time(i) + HOUR }] : [],
  );
  await addOutcomes(world, 'shop', [...bought, ...complaints]);
  await createMonitor(world.ctx, {
    ...{ model: 'shop', kind: 'business', severity: 'page', enabled: true },
    options: { metric: 'conversion', outcomes: ['revenue'], worse: 'lower' },
  });
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'shop');
  }
  await evaluate(world.ctx, await holdModel(world.ctx, 'shop'));
});
afterAll(() => world.close());

const series = (metric: string) =>
  readSignals(world.ctx, { model: 'shop', kind: ['business'], metric }, { points: 10_000, known: 'now' });
const states = () =>
  world.ctx.ledger
    .selectFrom('alerts')
    .select(['metric', 'column', 'state', 'layer'])
    .where('kind', '=', 'business')
    .orderBy('metric')
    .orderBy('column')
    .execute();

test('each outcome has a series, and what fell fires', async () => {
  expect(await states()).toEqual([
    { metric: 'conversion', column: '_outcome|revenue', state: 'firing', layer: 'business' },
    { metric: 'impact', column: '', state: expect.any(String), layer: 'business' },
    { metric: 'per_prediction', column: '_outcome|complaints', state: 'ok', layer: 'business' },
    { metric: 'per_prediction', column: '_outcome|revenue', state: 'firing', layer: 'business' },
  ]);
  const [revenue] = (await series('per_prediction')).filter(({ column }) => column === '_outcome|revenue');
  const at = (day: number) => revenue!.points.find((point) => Date.parse(point.time) === START + day * DAY)!;
  // Mean of the score is a half: 20 × 1/2 × the share that buys.
  expect(at(10).value! - 5).toBeCloseTo(0, 0);
  expect(at(13).value! - 3.3).toBeCloseTo(0, 0);
  expect(at(13).low!).toBeLessThan(at(13).value!);
  expect(at(13).n).toBe(24 * PER_HOUR);
});

test('what answers are worth is a series of its own, in money', async () => {
  const [impact] = await series('impact');
  const last = impact!.points.findLast(({ value }) => value !== null)!;
  // Of each ten one is wrong: as often a no that should have been a yes as the answer was no.
  expect(last.value!).toBeLessThan(-10);
  expect(last.high!).toBeGreaterThan(last.value!);
});

test('the page of quality tells outcomes, by score too, and what other thresholds were worth', async () => {
  const found = await getQuality(world.ctx, 'shop', { from: START, to: START + 10 * DAY });
  expect(found.outcomes.map(({ metric }) => metric)).toEqual(['revenue', 'complaints']);
  const [revenue, complaints] = found.outcomes;
  expect(complaints!.conversion.value).toBeCloseTo(0.02, 6);
  expect(revenue!.per_prediction.value).toBeCloseTo(revenue!.sum / found.predictions, 9);
  expect(revenue!.per_outcome.value).toBeCloseTo(revenue!.sum / revenue!.n, 9);
  expect(revenue!.bands.reduce((sum, { predictions }) => sum + predictions, 0)).toBe(found.predictions);
  // A tenth of better scores brings more: 20 × its middle × a half.
  for (const { from, per_prediction } of revenue!.bands)
    expect(Math.abs(per_prediction.value! - 10 * (from + 0.05))).toBeLessThan(1.5);
  const impact = found.measures.find(({ id }) => id === 'impact')!;
  const counts = new Map(
    found.confusion!.cells.map(({ actual, predicted, n }) => [`${actual} ${predicted}`, n]),
  );
  const money = -5 * counts.get('no yes')! - 300 * counts.get('yes no')!;
  expect(impact.current.value).toBeCloseTo(money / found.labelled, 9);
  expect(found.sweep.every(({ value }) => value!.value !== null)).toBe(true);
  // Everything called yes: a mistake costs 5.
  expect(found.sweep.at(-1)!.value!.value!).toBeGreaterThan(-5);
});

test('of what cannot be judged the reason is named', () => {
  const model = {
    task: 'binary',
    positive: 'yes',
    known: new Set<string>(),
    grids: new Map(),
    waiting: 0,
  } as const;
  expect(business.recipe({ ...model, impact: null }, 'impact')).toEqual({ reason: 'no_impact' });
  expect(business.recipe({ ...model, impact: { false_negative: -1 } }, 'impact')).toEqual({
    reason: 'no_labels',
  });
  expect(business.recipe({ ...model, impact: null }, 'per_prediction')).toEqual({ reason: 'no_outcomes' });
  expect(business.refuse!({ id: 'm', task: 'regression' }, { metric: 'impact' })).toMatch(/two classes/);
});
