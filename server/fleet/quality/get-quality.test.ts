import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelQuality } from '../../../contract/quality.ts';
import { random } from '../../../stats/random.ts';
import { addReference } from '../../profiles/references/add-reference.ts';
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
import { getQuality } from './get-quality.ts';

const DAY = 24 * HOUR;
const ROWS = 800;
let world: World;

interface Row {
  readonly time: number;
  readonly score: number;
  readonly yes: boolean;
  readonly labelled: boolean;
}

/** Two days: on the first the scores are true, on the second they mean nothing; every fourth row has no label. */
const next = random(3);
const rows: Row[] = Array.from({ length: 2 * ROWS }, (_, i) => {
  const score = next();
  const yes = i < ROWS ? next() < score : next() < 0.5;
  return { time: START + i * (DAY / ROWS), score, yes, labelled: i % 4 !== 0 };
});
const said = ({ score }: Row) => score >= 0.5;

beforeAll(async () => {
  world = await createWorld();
  world.now = START + 10 * DAY;
  const types = { _prediction: 'categorical', _score: 'numeric' } as const;
  await addModel(world, 'm', types, { task: 'binary', positive_label: 'yes' });
  await addPredictions(
    world,
    'm',
    rows.map((row, i) => ({
      ...{ _id: `p${i}`, _time: row.time, _score: row.score },
      _prediction: said(row) ? 'yes' : 'no',
    })),
  );
  const labels = rows.flatMap(({ yes, labelled }, i) =>
    labelled ? [{ id: `p${i}`, label: yes ? 'yes' : 'no' }] : [],
  );
  await addLabels(world, 'm', labels);
  await addModel(world, 'numbers', { _prediction: 'numeric' }, { task: 'regression' });
  await addPredictions(world, 'numbers', [{ _id: 'n', _time: START, _prediction: 1 }]);
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'm');
    await rollUp(world.ctx, 'numbers');
  }
  await addReference(world.ctx, 'm', {
    ...{ name: 'first day', kind: 'fixed', from: START, to: START + DAY, default: true },
  } as never);
});
afterAll(() => world.close());

const second = { from: START + DAY, to: START + 2 * DAY };
const of = (found: ModelQuality, id: string) => found.measures.find((measure) => measure.id === id)!;

test('every metric of two classes, as counted from the rows, beside the reference', async () => {
  const found = await getQuality(world.ctx, 'm', second);
  const known = rows.slice(ROWS).filter(({ labelled }) => labelled);
  const count = (wanted: (row: Row) => boolean) => known.filter(wanted).length;
  const tp = count((row) => row.yes && said(row));
  expect(found).toMatchObject({ predictions: ROWS, labelled: known.length, positive: 'yes' });
  expect(of(found, 'precision').current.value).toBeCloseTo(tp / count(said), 12);
  expect(of(found, 'recall').current.value).toBeCloseTo(tp / count(({ yes }) => yes), 12);
  expect(of(found, 'accuracy').current).toMatchObject({
    value: expect.closeTo(count((row) => row.yes === said(row)) / known.length, 12),
    n: known.length,
    status: 'ok',
  });
  const brier = known.reduce((sum, { yes, score }) => sum + (score - (yes ? 1 : 0)) ** 2, 0) / known.length;
  expect(of(found, 'brier').current.value).toBeCloseTo(brier, 2);
  for (const id of ['accuracy', 'f1', 'mcc', 'roc_auc', 'pr_auc', 'log_loss', 'brier', 'ece'])
    expect([id, of(found, id).verdict]).toEqual([id, 'worse']);
  expect(found.reference?.name).toBe('first day');
  expect(found.dummy).toMatch(/always answers (yes|no), the commonest label of the reference/);
  const majority = found.dummy!.includes('answers yes');
  expect(of(found, 'accuracy').dummy.value).toBeCloseTo(
    count(({ yes }) => yes === majority) / known.length,
    12,
  );
  expect(of(found, 'roc_auc').dummy.value).toBe(0.5);
  expect(of(found, 'lift').dummy.value).toBeCloseTo(1, 12);
});

test('pairs, calibration and thresholds add up to the labelled predictions', async () => {
  const found = await getQuality(world.ctx, 'm', second);
  const sum = (counts: readonly { readonly n: number }[]) => counts.reduce((all, { n }) => all + n, 0);
  expect(sum(found.confusion!.cells) + found.confusion!.other).toBe(found.labelled);
  expect(sum(found.calibration)).toBe(found.labelled);
  // Half of them are of either class, whatever was scored.
  expect(found.calibration).toHaveLength(10);
  expect(found.calibration.filter(({ low, high }) => low <= 0.5 && high >= 0.5).length).toBeGreaterThan(7);
  const known = rows.slice(ROWS).filter(({ labelled }) => labelled);
  const half = found.sweep.find(({ flagged }) => flagged >= 0.5)!;
  const above = known.filter(({ score }) => score >= half.threshold);
  expect(half.flagged).toBeCloseTo(above.length / known.length, 12);
  expect(half.precision.value).toBeCloseTo(above.filter(({ yes }) => yes).length / above.length, 12);
});

test('without labels, or without predictions, there is a reason', async () => {
  const found = await getQuality(world.ctx, 'numbers', { from: START, to: START + DAY });
  expect(found).toMatchObject({ predictions: 1, labelled: 0, measures: [], confusion: null, sweep: [] });
  expect(found.quality_unknown).toMatchObject({ reason: 'no_labels' });
  const empty = await getQuality(world.ctx, 'm', { from: START - 2 * DAY, to: START - DAY });
  expect(empty).toMatchObject({ predictions: 0, labelled: 0, calibration: [], confusion: null });
  expect(of(empty, 'accuracy').current).toMatchObject({ value: null, status: 'not_enough_data' });
});

test('labels of one class alone: what needs two says so by name, beside what does not', async () => {
  const types = { _prediction: 'categorical', _score: 'numeric' } as const;
  await addModel(world, 'calm', types, { task: 'binary', positive_label: 'yes' });
  const calm = Array.from({ length: 60 }, (_, i) => ({ _id: `c${i}`, _time: START + i, _score: i / 100 }));
  await addPredictions(
    world,
    'calm',
    calm.map((row) => ({ ...row, _prediction: 'no' })),
  );
  await addLabels(
    world,
    'calm',
    calm.map(({ _id }) => ({ id: _id, label: 'no' })),
  );
  for (let run = 0; run < 3; run++) {
    world.now += HOUR;
    await rollUp(world.ctx, 'calm');
  }
  const found = await getQuality(world.ctx, 'calm', { from: START, to: START + DAY });
  expect(found.quality_unknown).toBeNull();
  expect(of(found, 'accuracy').current).toMatchObject({ value: 1, n: 60, status: 'ok' });
  for (const id of ['roc_auc', 'pr_auc', 'lift', 'log_loss', 'brier', 'ece'])
    expect([id, of(found, id)?.current]).toEqual([
      id,
      { value: null, low: null, high: null, n: 60, status: 'single_class' },
    ]);
});

test('of a range that reaches far beyond what is there, what is there is told', async () => {
  const found = await getQuality(world.ctx, 'm', { from: 0, to: Date.UTC(2190, 0) });
  expect(found).toMatchObject({ predictions: 2 * ROWS, from: new Date(START).toISOString() });
});

test('of numbers: errors, their bias and share, beside the last value', async () => {
  const values = Array.from({ length: 480 }, (_, i) => ({
    time: START + i * (HOUR / 20),
    label: 100 + 10 * Math.floor(i / 20) + (i % 5),
    prediction: 101 + 10 * Math.floor(i / 20) + (i % 5),
  }));
  await addModel(world, 'demand', { _prediction: 'numeric' }, { task: 'regression' });
  await addPredictions(
    world,
    'demand',
    values.map(({ time, prediction }, i) => ({ _id: `d${i}`, _time: time, _prediction: prediction })),
  );
  await addLabels(
    world,
    'demand',
    values.map(({ label }, i) => ({ id: `d${i}`, label })),
  );
  for (let run = 0; run < 3; run++) {
    world.now += HOUR;
    await rollUp(world.ctx, 'demand');
  }
  const found = await getQuality(world.ctx, 'demand', { from: START, to: START + DAY });
  expect(of(found, 'bias').current).toMatchObject({ value: 1, n: 480 });
  const share = values.reduce((sum, { label }) => sum + 1 / label, 0) / values.length;
  expect(of(found, 'mape').current.value).toBeCloseTo(share, 12);
  // Each hour lies ten above the one before, so that its mean is ten too low; the first has none before it.
  expect(of(found, 'bias').dummy).toMatchObject({ value: expect.closeTo(-10, 9), n: 460 });
  expect(of(found, 'mae').dummy.value!).toBeCloseTo(10, 1);
  expect(of(found, 'rmse').dummy.value!).toBeCloseTo(Math.sqrt(102), 6);
  expect(of(found, 'mape').dummy.value!).toBeGreaterThan(of(found, 'mape').current.value!);
  expect(found.dummy).toMatch(/last value/);
});

test('of several classes: each class alike, beside the commonest label', async () => {
  const names = ['cat', 'dog', 'emu'];
  const animals = Array.from({ length: 300 }, (_, i) => ({
    label: names[i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2]!,
    answer: names[i % 10 < 7 ? 0 : 1]!,
  }));
  await addModel(world, 'animals', { _prediction: 'categorical' }, { task: 'multiclass' });
  await addPredictions(
    world,
    'animals',
    animals.map(({ answer }, i) => ({ _id: `a${i}`, _time: START + i, _prediction: answer })),
  );
  await addLabels(
    world,
    'animals',
    animals.map(({ label }, i) => ({ id: `a${i}`, label })),
  );
  for (let run = 0; run < 2; run++) {
    world.now += 60_000;
    await rollUp(world.ctx, 'animals');
  }
  const found = await getQuality(world.ctx, 'animals', { from: START, to: START + DAY });
  expect(of(found, 'macro_recall').current.value).toBeCloseTo((1 + 2 / 3 + 0) / 3, 12);
  expect(of(found, 'accuracy').dummy.value).toBeCloseTo(0.6, 12);
  expect(of(found, 'macro_recall').dummy.value).toBeCloseTo(1 / 3, 12);
  expect(of(found, 'mcc').dummy).toMatchObject({ value: null, status: 'undefined_ratio' });
});

test('what scores promise stands beside what labels showed, with what that assumes', async () => {
  const { estimate } = await getQuality(world.ctx, 'm', second);
  expect(estimate).toMatchObject({ unknown: null, learned: (3 * ROWS) / 4 });
  const auc = estimate.measures.find(({ id }) => id === 'roc_auc')!;
  expect(auc.estimated.value!).toBeCloseTo(5 / 6, 1);
  expect(auc.reference.value!).toBeCloseTo(5 / 6, 1);
  expect(auc.error.low!).toBeGreaterThan(0.15);
  expect(estimate.checks.map(({ id, holds }) => [id, holds])).toEqual([
    ['calibration', false],
    ['worth', false],
    ['support', true],
    ['concept', null],
  ]);
  // Scores that mean nothing: the area is a half, which either was wrong by a third of. Accuracy alike.
  expect(auc.worth!.parts).toBe(1);
  expect(auc.worth!.estimate).toBeCloseTo(Math.abs(auc.error.value!), 12);
  expect(auc.worth!.reference).toBeCloseTo(1 / 3, 1);
  expect(estimate.checks[0]!.sentence).toMatch(/do not trust the estimate/);
});

test('the change is told in parts that add up: scores mean something else', async () => {
  const { change } = await getQuality(world.ctx, 'm', second);
  const part = (id: string) => change!.parts.find((one) => one.id === id)!;
  expect(part('concept').high).toBeLessThan(-0.15);
  expect(part('covariate').low).toBeLessThan(0);
  expect(part('covariate').high).toBeGreaterThan(0);
  const sum = part('covariate').value + part('prior').value + part('concept').value;
  expect(sum).toBeCloseTo(part('change').value, 12);
  expect(part('concept').sentence).toMatch(/concept drift/);
});

test('without an estimate there is its reason', async () => {
  const found = await getQuality(world.ctx, 'numbers', { from: START, to: START + DAY });
  expect(found.estimate).toMatchObject({ measures: [], unknown: { reason: 'estimate_needs_rows' } });
  expect(found.change).toBeNull();
});
