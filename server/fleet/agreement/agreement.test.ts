import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';

const HOUR = 3_600_000;
const START = Date.now() - 48 * HOUR;
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
let app: TestApp;

const label = (i: number, source: string, value: string, more: object = {}) => ({
  ...{ model: 'm', id: `p${i}`, label: value, source, human: true, time: at(2) },
  ...more,
});
const agreement = async (query = '', model = 'm') =>
  (await app.json('GET', `/api/v1/models/${model}/agreement${query}`)).body;

beforeAll(async () => {
  app = await startTestApp();
  const rows = Array.from({ length: 40 }, (_, i) => ({
    ...{ model: 'm', id: `p${i}`, time: at(i / 60), features: { x: i } },
    ...{ prediction: i % 2 ? 'yes' : 'no', score: i / 40 },
  }));
  await app.json('POST', '/api/v1/predictions', rows);
  await app.json('PATCH', '/api/v1/models/m', { task: 'binary', positive_label: 'yes' });
});
afterAll(() => app.stop());

test('without labels of two people it is said why, and what would change that', async () => {
  expect(await agreement()).toMatchObject({
    unknown: 'one_reviewer',
    pairs: [],
    alpha: { value: null, n: 0 },
  });
});

test('reviewers of the same predictions: alpha over all, kappa of each two; what came by itself does not count', async () => {
  const truth = (i: number) => (i % 2 ? 'yes' : 'no');
  await app.json('POST', '/api/v1/labels', [
    ...Array.from({ length: 30 }, (_, i) => label(i, 'ann', truth(i))),
    // Ben says otherwise four times; of what he corrected the later counts.
    ...Array.from({ length: 20 }, (_, i) => label(i, 'ben', i < 4 ? truth(i + 1) : truth(i))),
    label(10, 'ben', truth(11), { time: at(1) }),
    label(35, 'cem', 'yes'),
    label(36, '', 'yes'),
    ...Array.from({ length: 30 }, (_, i) => label(i, 'rules', truth(i + 1), { human: false })),
  ]);
  const found = await agreement();
  expect(found.reviewers).toEqual([
    { name: 'ann', n: 30 },
    { name: 'ben', n: 20 },
    { name: 'cem', n: 1 },
  ]);
  expect(found).toMatchObject({ unknown: null, unnamed: 1, share_read: 1, alpha: { n: 20, status: 'ok' } });
  expect(found.pairs).toHaveLength(1);
  const [pair] = found.pairs;
  expect(pair).toMatchObject({ first: 'ann', second: 'ben', alike: 0.8, by_chance: 0.5 });
  expect(pair.kappa.value).toBeCloseTo(0.6, 12);
  // 1 − (n − 1) ÷ n · …: 40 answers, 20 of each class, 8 ordered pairs that differ.
  expect(found.alpha.value).toBeCloseTo(1 - 8 / ((2 * 20 * 20) / 39), 12);
  expect(found.sentence).toContain('on the 20 predictions that two or more of them labelled');
});

test('another range, a range that ends before it begins, a model that is not there', async () => {
  expect(await agreement(`?to=${at(1.5)}`)).toMatchObject({ unknown: 'one_reviewer' });
  expect((await agreement(`?from=${at(3)}&to=${at(2)}`)).error.code).toBe('invalid_request');
  expect((await agreement('', 'nothing')).error.code).toBe('not_found');
});

test('labels that are numbers are no classes; those of a task that is not known yet may be', async () => {
  await app.json('PATCH', '/api/v1/models/m', { task: 'unknown' });
  expect(await agreement()).toMatchObject({ unknown: null, alpha: { n: 20 } });
  await app.json('PATCH', '/api/v1/models/m', { task: 'regression' });
  expect(await agreement()).toMatchObject({ unknown: 'labels_not_classes', pairs: [] });
});
