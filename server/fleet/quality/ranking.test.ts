import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelQuality } from '../../../contract/quality.ts';
import graded from '../../../stats/fixtures/graded-lists.json' with { type: 'json' };
import fixture from '../../../stats/fixtures/lists.json' with { type: 'json' };
import { hitRate, meanReciprocalRank } from '../../../stats/performance/first-relevant.ts';
import { meanAveragePrecision } from '../../../stats/performance/mean-average-precision.ts';
import { ndcg } from '../../../stats/performance/ndcg.ts';
import { startTestApp, type TestApp } from '../../../test/app.ts';

const START = Date.UTC(2026, 10, 20);
const { rows } = fixture;
let app: TestApp;
let quality: ModelQuality;

const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();
const read = async (from: number, to: number): Promise<ModelQuality> =>
  (await app.json('GET', `/api/v1/models/shop/quality?from=${at(from)}&to=${at(to)}`)).body;
const of = (id: string) => quality.measures.find((measure) => measure.id === id)!;
const settle = async () => {
  for (let run = 0; run < 3; run++) await app.app.runJob('models');
};

beforeAll(async () => {
  app = await startTestApp();
  const lists = rows.map(({ items, scores }, i) => ({
    ...{ model: 'shop', id: `q${i}`, time: at(i) },
    prediction: items.map((item, j) => ({ item, score: scores[j] })),
  }));
  const { body } = await app.json('POST', '/api/v1/predictions', [
    ...lists,
    { model: 'shop', id: 'plain', time: at(600), prediction: ['b', 9, 'a', 'b'] },
    { model: 'shop', id: 'odd', time: at(600), prediction: [{ item: 'a', rank: 1 }] },
    { model: 'shop', id: 'nested', time: at(600), prediction: [['a']] },
  ]);
  expect(body).toMatchObject({
    stored: rows.length + 1,
    rejected: [{ code: 'unknown_field' }, { code: 'invalid_field' }],
  });
  await app.json('PATCH', '/api/v1/models/shop', { task: 'ranking' });
  // What was relevant comes at once, or one after the other.
  const labels = rows.flatMap(({ relevant }, i): { id: string; label: unknown }[] =>
    i % 2 || relevant.length === 0
      ? [{ id: `q${i}`, label: relevant }]
      : relevant.map((label) => ({ id: `q${i}`, label })),
  );
  const sent = await app.json('POST', '/api/v1/labels', [
    ...labels.map((label) => ({ model: 'shop', ...label })),
    { model: 'shop', id: 'plain', label: [] },
  ]);
  expect(sent.body).toMatchObject({ stored: labels.length + 1, rejected: [] });
  await settle();
  quality = await read(0, 300);
});
afterAll(() => app.stop());

test.each(['ndcg', 'map', 'mrr', 'hit_rate'] as const)('by hand and scikit-learn: %s', (id) => {
  const { value, low, high, n } = of(id).current;
  expect(n).toBe(fixture.labelled);
  expect(value!).toBeCloseTo(fixture[id], 10);
  expect(low!).toBeLessThan(value!);
  expect(high!).toBeGreaterThan(value!);
});

test('beside each stands what the same items in random order give', () => {
  const queries = rows
    .filter(({ relevant }) => relevant.length > 0)
    .map(({ items, relevant }) => ({
      relevance: items.map((item) => Number(relevant.includes(item))),
      score: items.map(() => 0),
    }));
  const found = queries.filter(({ relevance }) => relevance.some((one) => one > 0));
  const share = found.length / queries.length;
  const mean = (outcome: ReturnType<typeof hitRate>) =>
    'value' in outcome ? share * outcome.value : Number.NaN;
  // Of lists that hold all that is relevant the ideal is the same; of the others it is larger.
  expect(of('mrr').dummy.value!).toBeCloseTo(mean(meanReciprocalRank(found)), 9);
  expect(of('hit_rate').dummy.value!).toBeCloseTo(mean(hitRate(found, 10)), 9);
  for (const [id, whole] of [
    ['ndcg', mean(ndcg(found, { k: 10 }))],
    ['map', mean(meanAveragePrecision(found, 10))],
  ] as const) {
    expect(of(id).dummy.value!).toBeLessThanOrEqual(whole);
    expect(of(id).dummy.value!).toBeGreaterThan(0.8 * whole);
    expect(of(id).dummy.value!).toBeLessThan(of(id).current.value!);
  }
  expect(quality.dummy).toMatch(/random order/);
});

test('grades of items are their gain, by scikit-learn; what is no grade is refused', async () => {
  const lists = graded.rows.map(({ items, scores }, i) => ({
    ...{ model: 'graded', id: `g${i}`, time: at(i) },
    prediction: items.map((item, j) => ({ item, score: scores[j] })),
  }));
  await app.json('POST', '/api/v1/predictions', lists);
  await app.json('PATCH', '/api/v1/models/graded', { task: 'ranking' });
  const { body } = await app.json('POST', '/api/v1/labels', [
    ...graded.rows.map(({ label }, i) => ({ model: 'graded', id: `g${i}`, label })),
    { model: 'graded', id: 'g0', label: [{ item: 'a', relevance: -1 }] },
    { model: 'graded', id: 'g0', label: [{ item: 'a', relevance: 'very' }] },
    { model: 'graded', id: 'g0', label: [{ item: 'a' }] },
  ]);
  expect(body).toMatchObject({
    stored: graded.rows.length,
    rejected: new Array(3).fill({ code: 'invalid_field' }),
  });
  await settle();
  const found: ModelQuality = (
    await app.json('GET', `/api/v1/models/graded/quality?from=${at(0)}&to=${at(300)}`)
  ).body;
  const ndcg = found.measures.find((measure) => measure.id === 'ndcg')!;
  expect(ndcg.current.n).toBe(graded.labelled);
  expect(ndcg.current.value!).toBeCloseTo(graded.ndcg, 10);
  expect(ndcg.dummy.value!).toBeGreaterThan(0.2);
});

test('a list keeps its order, and one that nothing was relevant in says so', async () => {
  const record = (await app.json('GET', '/api/v1/models/shop/predictions/plain')).body;
  expect(record.ranked).toEqual([
    { item: 'b', score: 0 },
    { item: '9', score: -1 },
    { item: 'a', score: -2 },
  ]);
  const nothing = await read(599, 660);
  expect(nothing).toMatchObject({ predictions: 1, labelled: 1 });
  expect(nothing.measures.slice(0, 4).map(({ current }) => current)).toEqual(
    new Array(4).fill({ value: null, low: null, high: null, n: 0, status: 'no_relevant_item' }),
  );
});

test('what lists begin with: how much of the catalogue, and how rare it is', () => {
  const shown = rows.flatMap(({ items, scores }) =>
    items
      .map((item, i) => ({ item, score: scores[i]! }))
      .sort((a, b) => b.score - a.score)
      .slice(0, 10)
      .map(({ item }) => item),
  );
  expect(of('coverage').current).toMatchObject({ value: 1, n: shown.length });
  const times = new Map<string, number>();
  for (const item of shown) times.set(item, (times.get(item) ?? 0) + 1);
  const whole = shown.length + times.size / 2;
  const bits = shown.reduce((sum, item) => sum + Math.log2(whole / (times.get(item)! + 0.5)), 0);
  // Two of some four hundred items may share a cell.
  expect(of('novelty').current.value!).toBeCloseTo(bits / shown.length, 1);
});

test('any of them is watched, and a metric of another task is refused', async () => {
  const monitor = (metric: string) =>
    app.json('POST', '/api/v1/monitors', { model: 'shop', kind: 'performance', options: { metric } });
  expect((await monitor('hit_rate')).status).toBe(201);
  expect((await monitor('roc_auc')).body.error.message).toMatch(/ranking model/);
});

test('another k: counted anew in profiles of its own, and as scikit-learn has it', async () => {
  const effects = await app.json('POST', '/api/v1/models/shop/effects', { ranking_k: 3 });
  expect(effects.body.items).toMatchObject([
    { field: 'ranking_k', sentence: expect.stringMatching(/first 3 items/), seconds: expect.any(Number) },
  ]);
  for (const wrong of [0, 101, 2.5])
    expect((await app.json('PATCH', '/api/v1/models/shop', { ranking_k: wrong })).status).toBe(400);
  expect((await app.json('PATCH', '/api/v1/models/shop', { ranking_k: 3 })).body.ranking_k).toBe(3);
  await settle();
  quality = await read(0, 300);
  for (const id of ['ndcg', 'map', 'hit_rate'] as const) {
    expect(of(id).current).toMatchObject({
      n: fixture.labelled,
      value: expect.closeTo(fixture.at_3[id], 10),
    });
    expect(of(id).title).toMatch(/@3$/);
    expect(of(id).dummy.value!).toBeLessThan(of(id).current.value!);
  }
  expect(of('mrr').current.value!).toBeCloseTo(fixture.mrr, 10);
  await app.json('PATCH', '/api/v1/models/graded', { ranking_k: 3 });
  await settle();
  const { measures }: ModelQuality = (
    await app.json('GET', `/api/v1/models/graded/quality?from=${at(0)}&to=${at(300)}`)
  ).body;
  const found = measures.find(({ id }) => id === 'ndcg')!.current.value!;
  expect(found).toBeCloseTo(graded.ndcg_at_3, 10);
  // And back: nothing of the other k is left in the way.
  await app.json('PATCH', '/api/v1/models/shop', { ranking_k: 10 });
  await settle();
  quality = await read(0, 300);
  expect(of('ndcg').current.value!).toBeCloseTo(fixture.ndcg, 10);
  expect(of('ndcg').title).toBe('NDCG@10');
});
