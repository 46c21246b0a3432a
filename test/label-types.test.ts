import { afterAll, beforeAll, expect, test } from 'vitest';
import { COUNTS_BEFORE, LABELS } from '../server/events/labels-table.ts';
import { startTestApp, type TestApp } from './app.ts';

let tilt: TestApp;
let now = Date.parse('2026-03-20T00:00:00Z');
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
});
afterAll(() => tilt.stop());

type Value = string | number | boolean;

const label = (model: string, id: string, value: Value) =>
  tilt.json('POST', '/api/v1/labels', { model, id, label: value });

/** A model of which the first labels have come, and were looked at. */
async function labelledModel(model: string, prediction: (i: number) => Value, truth: (i: number) => Value) {
  const time = now - 3_600_000;
  const rows = Array.from({ length: 60 }, (_, i) => ({
    model,
    id: `p${i}`,
    time,
    prediction: prediction(i),
  }));
  await tilt.json('POST', '/api/v1/predictions', rows);
  const labels = rows.map(({ id }, i) => ({ model, id, label: truth(i) }));
  expect((await tilt.json('POST', '/api/v1/labels', labels)).body.stored).toBe(60);
  for (let i = 0; i < 2; i++) {
    now += 600_000;
    await tilt.app.runJob('models');
    await tilt.app.runJob('infer_tasks');
  }
  now += 60_000;
  return (await tilt.json('GET', `/api/v1/models/${model}`)).body.label_type;
}

/** The label that counts of those that are kept. */
async function stored(model: string, id: string) {
  const [row] = await tilt.app.ctx.lake.query<{ label: string }>(
    `SELECT argMax(label, ${COUNTS_BEFORE}) AS label FROM ${LABELS} WHERE model = {model:String} AND id = {id:String}`,
    { model, id },
  );
  return row?.label;
}

const REFUSED = { status: 422, body: { error: { code: 'label_type_mismatch' } } };

test('a number does not take the place of a word', async () => {
  const word = (i: number) => (i % 3 === 0 ? 'deny' : 'approve');
  expect(await labelledModel('words', word, word)).toBe('categorical');
  expect(await label('words', 'p0', 1)).toMatchObject(REFUSED);
  expect(await label('words', 'p0', true)).toMatchObject(REFUSED);
  expect(await stored('words', 'p0')).toBe('deny');
  expect(await label('words', 'p0', 'approve')).toMatchObject({ status: 200 });
  expect(await stored('words', 'p0')).toBe('approve');
  const { body } = await tilt.json('GET', '/api/v1/rejects?code=label_type_mismatch&model=words');
  expect(body.items).toHaveLength(2);
});

test('a word does not take the place of a number; true is the same answer as 1 where labels are 0 and 1', async () => {
  await tilt.json('POST', '/api/v1/models', { id: 'chances', task: 'binary' });
  expect(
    await labelledModel(
      'chances',
      (i) => (i % 10) / 10,
      (i) => i % 2,
    ),
  ).toBe('zero_or_one');
  expect(await label('chances', 'p0', 'n/a')).toMatchObject(REFUSED);
  expect(await stored('chances', 'p0')).toBe('0');
  expect(await label('chances', 'p0', true)).toMatchObject({ status: 200 });
  expect(await stored('chances', 'p0')).toBe('1');
});

test('1 is the same answer as true where predictions are true and false', async () => {
  expect(
    await labelledModel(
      'truths',
      (i) => i % 2 === 0,
      (i) => i % 2,
    ),
  ).toBe('boolean');
  expect(await stored('truths', 'p1')).toBe('true');
  expect(await label('truths', 'p0', 'n/a')).toMatchObject(REFUSED);
});

test('one stray label among hundreds leaves a model of two classes one of two classes', async () => {
  const model = 'stray';
  const time = now - 3_600_000;
  const rows = Array.from({ length: 300 }, (_, i) => ({
    model,
    id: `p${i}`,
    time,
    prediction: i % 3 === 0 ? 'deny' : 'approve',
    score: i % 3 === 0 ? 0.2 : 0.8,
  }));
  await tilt.json('POST', '/api/v1/predictions', rows);
  const labels = rows.map(({ id, prediction }, i) => ({ model, id, label: i === 7 ? 'n/a' : prediction }));
  await tilt.json('POST', '/api/v1/labels', labels);
  for (let i = 0; i < 2; i++) {
    now += 600_000;
    await tilt.app.runJob('models');
    await tilt.app.runJob('infer_tasks');
  }
  expect((await tilt.json('GET', `/api/v1/models/${model}`)).body.task).toBe('binary');
});

test('people may say what labels are', async () => {
  const word = (i: number) => (i % 3 === 0 ? 'deny' : 'approve');
  await labelledModel('told', word, word);
  const change = await tilt.json('PATCH', '/api/v1/models/told', { label_type: 'any' });
  expect(change).toMatchObject({ status: 200, body: { label_type: 'any' } });
  expect(await label('told', 'p0', 1)).toMatchObject({ status: 200 });
  expect(await stored('told', 'p0')).toBe('1');
});
