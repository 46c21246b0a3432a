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
import { readSignals } from '../../signals/read-signals.ts';
import { createMonitor } from '../configure/create-monitor.ts';
import { previewMonitor } from '../configure/preview-monitor.ts';
import { evaluate } from './evaluate.ts';

const DAY = 24 * HOUR;
const DAYS = 14;
const TURNS = 11;
const PER_HOUR = 60;
const COUNTRIES = ['FR', 'DE', 'US', 'ES', 'IT'];
const KINDS = ['missing', 'drift', 'prediction_drift', 'performance', 'volume', 'error_rate'] as const;
let world: World;

/** From the twelfth day on amounts of one country are missing, its answers all yes and wrong half of the time, of another nothing comes, and women are told yes less often. */
beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  const types = {
    _prediction: 'categorical',
    amount: 'numeric',
    country: 'categorical',
    sex: 'categorical',
  } as const;
  await addModel(world, 'm', types, {
    ...{ task: 'binary', positive_label: 'yes' },
    segments: JSON.stringify(['country']),
    protected: JSON.stringify(['sex']),
  });
  const next = random(3);
  const rows = [];
  const labels = [];
  for (let i = 0; i < DAYS * 24 * PER_HOUR; i++) {
    const _time = START + i * (HOUR / PER_HOUR);
    const country = COUNTRIES[i % 5]!;
    const turned = _time >= START + TURNS * DAY;
    if (turned && country === 'IT') continue;
    const hurt = turned && country === 'FR';
    const sex = next() < 0.5 ? 'f' : 'm';
    const _prediction = hurt || next() < (turned && sex === 'f' ? 0.3 : 0.5) ? 'yes' : 'no';
    const right = next() < (hurt ? 0.5 : 0.9);
    const amount = hurt && next() < 0.6 ? null : next();
    rows.push({ _id: `p${i}`, _time, country, sex, _prediction, amount });
    labels.push({ id: `p${i}`, label: right === (_prediction === 'yes') ? 'yes' : 'no' });
  }
  await addPredictions(world, 'm', rows);
  await addLabels(world, 'm', labels);
  for (const kind of KINDS)
    await createMonitor(world.ctx, {
      ...{ model: 'm', kind, severity: 'ticket', enabled: true },
      options: { by: 'segment', ...(kind === 'performance' ? { metric: 'accuracy' } : {}) },
    });
  await createMonitor(world.ctx, {
    ...{ model: 'm', kind: 'fairness', severity: 'ticket', enabled: true },
    options: { threshold: 0.05, window_ms: 2 * DAY },
  });
  await turn();
}, 600_000);
afterAll(() => world.close());

async function turn(): Promise<void> {
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'm');
  }
  await evaluate(world.ctx, await holdModel(world.ctx, 'm'));
}

/** What fires by segment: the kind, the column and the segment. */
async function firing(): Promise<string[]> {
  const rows = await world.ctx.ledger
    .selectFrom('alerts')
    .select(['kind', 'column', 'segment'])
    .where('segment', '!=', '')
    .where('state', '=', 'firing')
    .execute();
  return rows.map(({ kind, column, segment }) => [kind, column, segment].join(' ')).sort();
}

test('each kind fires for the segment that it happens to, and for no other', async () => {
  expect(await firing()).toEqual([
    'drift amount country=FR',
    'missing amount country=FR',
    'performance  country=FR',
    'prediction_drift  country=FR',
    'volume  country=IT',
  ]);
});

test('signals are kept by segment', async () => {
  const query = { model: 'm', kind: ['missing'], column: 'amount', segment: 'country=FR' };
  const [series, ...others] = await readSignals(world.ctx, query, { points: 10_000, known: 'now' });
  expect(others).toEqual([]);
  expect(series!.segment).toBe('country=FR');
  expect(series!.points.at(-1)!.value).toBeGreaterThan(0.5);
});

test('held against what has happened before it is made', async () => {
  const trial = { model: 'm', kind: 'missing', options: { by: 'segment', columns: ['amount'] }, days: 30 };
  const preview = await previewMonitor(world.ctx, trial);
  expect(preview.series).toBe(6);
  expect(preview.sentence).toBe('It would have fired once in the last 14 days, in 1 of 6 series');
  expect(preview.episodes.map(({ segment }) => segment)).toEqual(['country=FR']);
});

test('an attribute of which one group is treated otherwise since then', async () => {
  const alerts = await world.ctx.ledger
    .selectFrom('alerts')
    .select(['column', 'state', 'since', 'threshold'])
    .where('kind', '=', 'fairness')
    .execute();
  const fired = alerts.filter(({ state }) => state === 'firing');
  expect(fired.map(({ column, threshold }) => [column, threshold])).toEqual([['sex', 0.05]]);
  expect(fired[0]!.since).toBeGreaterThanOrEqual(START + TURNS * DAY);
});

test('split otherwise, what fired for segments that are no more fires no more', async () => {
  await world.ctx.ledger
    .updateTable('models')
    .set({ segments: JSON.stringify(['plan']), updated_at: world.now })
    .where('id', '=', 'm')
    .execute();
  await turn();
  await turn();
  // What is left is told of the only segment that there is now.
  const left = await firing();
  expect(left.filter((one) => !one.endsWith(' plan='))).toEqual([]);
});

test('a model that is not split has no monitors by segment', async () => {
  await addModel(world, 'whole', { _prediction: 'categorical' });
  const options = { by: 'segment' };
  await expect(
    createMonitor(world.ctx, { model: 'whole', kind: 'volume', options, severity: 'ticket', enabled: true }),
  ).rejects.toThrow('volume could never judge: whole is not split: set its segments first');
});
