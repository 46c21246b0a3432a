import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelQuality } from '../../../contract/quality.ts';
import fixture from '../../../stats/fixtures/class-probabilities.json' with { type: 'json' };
import { startTestApp, type TestApp } from '../../../test/app.ts';

const START = Date.UTC(2026, 10, 20);
const RANGE = 'from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z';
const { label, probabilities } = fixture;
let app: TestApp;
let quality: ModelQuality;

const at = (i: number) => new Date(START + i * 60_000).toISOString();
const rowOf = (i: number) =>
  Object.fromEntries(Object.entries(probabilities).map(([name, column]) => [name, column[i]!]));
const winner = (row: Record<string, number>) => Object.entries(row).sort((a, b) => b[1] - a[1])[0]![0];
const of = (id: string) => quality.measures.find((measure) => measure.id === id)!;

beforeAll(async () => {
  app = await startTestApp();
  const rows = label.map((_, i) => ({
    ...{ model: 'm', id: `p${i}`, time: at(i), prediction: winner(rowOf(i)), probabilities: rowOf(i) },
  }));
  const odd = (id: string, probabilities: unknown) => ({
    ...{ model: 'm', id, time: at(0), prediction: 'cat', probabilities },
  });
  const { body } = await app.json('POST', '/api/v1/predictions', [
    ...rows,
    odd('sum', { cat: 0.9, dog: 0.9 }),
    odd('outside', { cat: 1.4, dog: -0.4 }),
    odd('text', { cat: 'high' }),
    odd('list', [0.2, 0.3, 0.5]),
  ]);
  expect(body).toMatchObject({ stored: label.length + 3, rejected: [{ code: 'invalid_field' }] });
  await app.json('PATCH', '/api/v1/models/m', { task: 'multiclass' });
  await app.json(
    'POST',
    '/api/v1/labels',
    [...label, 'cat', 'cat'].map((value, i) => ({
      ...{ model: 'm', id: ['sum', 'outside'][i - label.length] ?? `p${i}`, label: value },
    })),
  );
  for (let run = 0; run < 3; run++) await app.app.runJob('models');
  await app.json('POST', '/api/v1/models/m/references', {
    ...{ name: 'day', kind: 'fixed', from: at(0), to: at(24 * 60), default: true },
  });
  quality = (await app.json('GET', `/api/v1/models/m/quality?${RANGE}`)).body;
});
afterAll(() => app.stop());

test('scikit-learn: losses and calibration exactly, ROC AUC up to what joined cells cost', () => {
  for (const [id, expected, within] of [
    ['log_loss', fixture.logLoss, 1e-9],
    ['brier', fixture.brier, 1e-9],
    ['ece', fixture.ece, 0.003],
    ['roc_auc', fixture.rocAuc, 0.001],
  ] as const) {
    const { value, low, high, n } = of(id).current;
    expect([id, Math.abs(value! - expected) < within, n]).toEqual([id, true, label.length]);
    expect([id, low! < value!, high! > value!]).toEqual([id, true, true]);
  }
  expect(of('accuracy').current).toMatchObject({ n: label.length + 2 });
  expect(quality.calibration.reduce((sum, { n }) => sum + n, 0)).toBe(label.length);
});

test('beside each stands who gives every class its share', () => {
  const shares = Object.keys(probabilities).map(
    (name) => [...label, 'cat', 'cat'].filter((one) => one === name).length / (label.length + 2),
  );
  const entropy = shares.reduce((sum, p) => sum - p * Math.log(p), 0);
  expect(of('log_loss').dummy.value!).toBeCloseTo(entropy, 2);
  expect(of('brier').dummy.value!).toBeCloseTo(1 - shares.reduce((sum, p) => sum + p * p, 0), 2);
  expect(of('roc_auc').dummy.value).toBe(0.5);
  expect(of('ece').dummy.value!).toBeLessThan(0.02);
});

test('probabilities that are none are counted, kept as they were sent, and hurt nobody', async () => {
  expect(quality).toMatchObject({ predictions: label.length + 3, probabilities_invalid: 2 });
  const kept = (await app.json('GET', '/api/v1/models/m/predictions/sum')).body;
  expect(kept).toMatchObject({ probabilities: {}, misfit: { _probabilities: '{"cat":0.9,"dog":0.9}' } });
  const list = (await app.json('GET', '/api/v1/models/m/predictions/list')).body;
  expect(list.probabilities).toEqual({ 0: 0.2, 1: 0.3, 2: 0.5 });
});

test('accuracy is estimated without labels, from what winning probabilities turned out to be worth', () => {
  const accuracy = quality.estimate.measures.find(({ id }) => id === 'accuracy');
  expect(quality.estimate).toMatchObject({ unknown: null, learned: label.length });
  expect(accuracy!.id).toBe('accuracy');
  // Learned of the same rows, and told of one more: what it promises is what it was.
  expect(Math.abs(accuracy!.estimated.value! - fixture.accuracy)).toBeLessThan(0.01);
  expect(accuracy!.reference.value).toBeCloseTo(fixture.accuracy, 12);
  expect(accuracy!.error.low!).toBeLessThan(0);
  expect(accuracy!.error.high!).toBeGreaterThan(0);
});

test('so are ROC AUC and what counts each class alike, from the probability of each', () => {
  const ids = quality.estimate.measures.map(({ id }) => id).sort();
  expect(ids).toEqual(['accuracy', 'macro_f1', 'macro_precision', 'macro_recall', 'roc_auc']);
  for (const [id, truth] of [
    ['roc_auc', fixture.rocAuc],
    ['macro_f1', of('macro_f1').current.value!],
    ['macro_precision', of('macro_precision').current.value!],
    ['macro_recall', of('macro_recall').current.value!],
  ] as const) {
    const { estimated, reference, error } = quality.estimate.measures.find((one) => one.id === id)!;
    // Two labelled rows have no probabilities, of which nothing is learned.
    expect([id, Math.abs(reference.value! - truth) < 0.005]).toEqual([id, true]);
    expect([id, Math.abs(estimated.value! - truth) < 0.02]).toEqual([id, true]);
    expect([id, estimated.low! < truth, estimated.high! > truth]).toEqual([id, true, true]);
    expect([id, error.low! < 0, error.high! > 0]).toEqual([id, true, true]);
  }
});

test('each of them is watched, and one of two classes is refused', async () => {
  const monitor = (metric: string) =>
    app.json('POST', '/api/v1/monitors', { model: 'm', kind: 'estimated_performance', options: { metric } });
  expect((await monitor('macro_f1')).status).toBe(201);
  expect((await monitor('precision')).body.error.message).toMatch(/multiclass model.*macro_precision/);
});
