import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 20);
let app: TestApp;

const label = (id: string, value: string, hours: number, more: object = {}) => ({
  ...{ model: 'm', id, label: value, time: new Date(START + hours * HOUR).toISOString() },
  ...more,
});
const record = async (id: string) => (await app.json('GET', `/api/v1/models/m/predictions/${id}`)).body;
const settle = async () => {
  for (let run = 0; run < 2; run++) await app.app.runJob('models');
};

beforeAll(async () => {
  app = await startTestApp();
  const rows = Array.from({ length: 300 }, (_, i) => ({
    ...{ model: 'm', id: `p${i}`, time: new Date(START + i * 60_000).toISOString() },
    ...{ features: { x: i }, prediction: i % 2 ? 'yes' : 'no', score: (i % 100) / 100 },
  }));
  await app.json('POST', '/api/v1/predictions', rows);
  await app.json('PATCH', '/api/v1/models/m', { task: 'binary', positive_label: 'yes' });
  await app.json('POST', '/api/v1/labels', [
    label('p0', 'yes', 30, { source: 'rules' }),
    label('p1', 'no', 40, { source: 'review', human: true }),
    // Before its prediction.
    label('p2', 'yes', -5),
  ]);
  await settle();
});
afterAll(() => app.stop());

test('of several labels one of a person counts, then the later; all are kept', async () => {
  await app.json('POST', '/api/v1/labels', [
    label('p0', 'no', 50, { source: 'chargebacks' }),
    label('p0', 'yes', 20, { source: 'late import' }),
    label('p1', 'yes', 90, { source: 'rules' }),
  ]);
  await settle();
  const first = await record('p0');
  expect(first.label).toMatchObject({ value: 'no', source: 'chargebacks', human: false });
  expect(first.labels.map(({ value, source }: { value: string; source: string }) => [value, source])).toEqual(
    [
      ['no', 'chargebacks'],
      ['yes', 'rules'],
      ['yes', 'late import'],
    ],
  );
  const second = await record('p1');
  expect(second.label).toMatchObject({ value: 'no', source: 'review', human: true });
  expect(second.labels).toHaveLength(2);
  const { body } = await app.json(
    'GET',
    '/api/v1/models/m/quality?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z',
  );
  // p0: no answered, no is true; p1: yes answered, no is true; p2: no answered, yes is true.
  expect(body.confusion.cells.map(({ actual, predicted, n }: never) => [actual, predicted, n])).toEqual([
    ['no', 'no', 1],
    ['no', 'yes', 1],
    ['yes', 'no', 1],
  ]);
  expect(body.coverage).toMatchObject({ human: 1, contradicted: 2, early: 1 });
});

test('a label that is sent twice is one; one of another type leaves the good one and is refused by name', async () => {
  await app.json('POST', '/api/v1/labels', [label('p0', 'no', 50, { source: 'chargebacks' })]);
  await settle();
  expect((await record('p0')).labels).toHaveLength(3);
  await app.json('PATCH', '/api/v1/models/m', { label_type: 'categorical' });
  const { body } = await app.json('POST', '/api/v1/labels', [{ model: 'm', id: 'p0', label: 7 }]);
  const refused = body.rejected?.length ?? 0;
  await settle();
  // Either it is told as refused, or it is stored as the text that the type says.
  expect(refused === 1 || (await record('p0')).label.value === '7').toBe(true);
});

test('labels that were imported with predictions of the past tell nothing of how long labels take', async () => {
  const at = (days: number) => new Date(Date.now() - days * 24 * HOUR).toISOString();
  const rows = Array.from({ length: 200 }, (_, i) => ({
    ...{ model: 'imported', id: `p${i}`, time: at(20 - i / 20) },
    ...{ features: { x: i }, prediction: i % 2 ? 'yes' : 'no' },
  }));
  await app.json('POST', '/api/v1/predictions', rows);
  const labels = rows.map(({ id }, i) => ({ model: 'imported', id, label: i % 3 ? 'yes' : 'no' }));
  await app.json('POST', '/api/v1/labels', labels.slice(0, 150));
  // These have times of their own: two days after their predictions.
  await app.json('POST', '/api/v1/labels', labels.slice(150).map((each, i) => ({ ...each, time: at(10.5 - i / 20) }))); // biome-ignore format: one call
  await settle();
  const { body } = await app.json('GET', `/api/v1/models/imported/quality?from=${at(30)}`);
  const { coverage, labelled } = body;
  expect(labelled).toBe(200);
  const shares = coverage.maturity.map((each: { age_ms: number; share: { value: number; n: number } }) => [
    each.age_ms / 24 / HOUR,
    each.share.value,
    each.share.n,
  ]);
  expect(shares.slice(-2)).toEqual([
    [1, 0, 50],
    [3, 1, 50],
  ]);
});

test('a table that ends today tells nothing of how long labels take either, and no row of it is said to wait', async () => {
  const at = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();
  const rows = Array.from({ length: 168 }, (_, i) => ({
    ...{ model: 'recent', id: `p${i}`, time: at(168.5 - i) },
    ...{ features: { x: i }, prediction: i % 2 ? 'yes' : 'no' },
  }));
  await app.json('POST', '/api/v1/predictions', rows);
  const labels = rows.map(({ id }, i) => ({ model: 'recent', id, label: i % 3 ? 'yes' : 'no' }));
  await app.json('POST', '/api/v1/labels', labels);
  await settle();
  const { body } = await app.json('GET', `/api/v1/models/recent/quality?from=${at(200)}`);
  expect(body.labelled).toBe(168);
  expect(body.coverage.maturity).toEqual([]);
  expect(body.coverage.steps.map(({ complete }: { complete: number | null }) => complete)).toEqual(
    body.coverage.steps.map(() => null),
  );
});

test('labels of another type are counted, and what was right stays', async () => {
  await app.json('PATCH', '/api/v1/models/m', { label_type: 'numeric' });
  const { body } = await app.json('POST', '/api/v1/labels', [label('p1', 'perhaps', 95)]);
  expect(body.rejected?.length ?? body.rejected).toBeTruthy();
  const range = 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z';
  const quality = (await app.json('GET', `/api/v1/models/m/quality?${range}`)).body;
  expect(quality.labels_misfit).toBeGreaterThan(0);
  expect((await record('p1')).label.value).toBe('no');
});
