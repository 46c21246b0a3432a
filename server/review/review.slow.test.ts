import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReviewItem, ReviewReason } from '../../contract/review.ts';
import { startTestApp, type TestApp } from '../../test/app.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 9, 1);
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
let now = START + 80 * HOUR;
let app: TestApp;
const keys: Record<string, string> = {};
/** A minute later, what came is looked at. */
const judge = async () => {
  now += 60_000;
  await app.app.runJob('models');
  await app.app.runJob('review');
};

/** An hour of answers; what is particular about a prediction is in `more`. */
const rows = (hour: number, more: Record<number, object> = {}, n = 120) =>
  Array.from({ length: n }, (_, i) => ({
    ...{ model: 'm', id: `h${hour}-${i}`, time: at(hour + i / 150) },
    ...{ features: { amount: 10 + (i % 50), country: i % 3 ? 'FR' : 'DE' } },
    ...{ prediction: i % 4 ? 'no' : 'yes', score: i % 4 ? 0.1 + (i % 7) / 100 : 0.9 },
    attributions: { amount: 0.5 + (i % 5) / 100, country: 0.1 + (i % 3) / 100 },
    ...more[i],
  }));
const get = async (path: string, key = 'ann') => (await app.json('GET', `/api/v1/models/m/review${path}`, undefined, keys[key]!)).body; // biome-ignore format: one line
const post = (item: ReviewItem, verb: string, body: object = {}, key = 'ann') =>
  app.json('POST', `/api/v1/models/m/review/items/${item.id}/${verb}`, body, keys[key]!);
const items = async (query = '', key = 'ann'): Promise<ReviewItem[]> => (await get(`/items${query}`, key)).items; // biome-ignore format: one line
const of = (all: readonly ReviewItem[], reason: ReviewReason) => all.filter((item) => item.reason === reason);

beforeAll(async () => {
  app = await startTestApp({ clock: () => now });
  for (const name of ['ann', 'ben', 'cem']) {
    const made = await app.json('POST', '/api/v1/keys', { name, scopes: ['ingest', 'write'] });
    keys[name] = made.body.secret;
  }
  await app.json('POST', '/api/v1/predictions', rows(0));
  await judge();
  await app.json('POST', '/api/v1/models/m/references', { name: 'before', kind: 'fixed', from: at(0), to: at(1), default: true }); // biome-ignore format: one line
  await app.json('PATCH', '/api/v1/models/m', {
    ...{ task: 'binary', positive_label: 'yes' },
  });
  await app.json('POST', '/api/v1/predictions', [
    ...rows(1, {
      7: { score: 0.5 },
      11: { features: { amount: 9_000, country: 'XX' } },
      13: { attributions: { amount: -9, country: 4 } },
    }),
    // The hour after it has begun, so that it is finished.
    ...rows(2, {}, 90),
  ]);
  await app.json('POST', '/api/v1/labels', [{ model: 'm', id: 'h1-17', label: 'yes' }, { model: 'm', id: 'h1-18', label: 'no' }]); // biome-ignore format: one line
  await judge();
  await judge();
  await app.json('PATCH', '/api/v1/models/m', { review: { per_day: 20, reviewers_per_item: 2 } });
  await app.app.runJob('review');
}, 60_000);
afterAll(() => app.stop());

test('the newest finished bucket is looked through, each reason finds what is particular, and the audit both classes', async () => {
  const all = await items();
  // The audit may have drawn any of them.
  const found = (id: string, by: ReviewReason) => {
    const item = all.find(({ prediction }) => prediction === id);
    expect([by, 'audit']).toContain(item?.reason);
    return item?.reason === by ? item : undefined;
  };
  expect(found('h1-7', 'low_confidence')?.value ?? 0.5).toBe(0.5);
  expect(found('h1-11', 'novel')?.columns ?? ['amount', 'country']).toEqual(['amount', 'country']);
  expect(found('h1-13', 'unusual_attributions')?.value ?? 9).toBeGreaterThan(3);
  expect(found('h1-17', 'high_loss')?.value ?? 9).toBeGreaterThan(1);
  expect(of(all, 'novel').length).toBeLessThan(2);
  expect(new Set(of(all, 'audit').map(({ stratum }) => stratum))).toEqual(new Set(['yes', 'no']));
  // What was drawn stands for the hour.
  expect(of(all, 'audit').reduce((sum, { weight }) => sum + weight!, 0)).toBeCloseTo(120, 6);
  expect(all).toHaveLength(20);
  expect(new Set(all.map(({ prediction }) => prediction)).size).toBe(20);
  expect(await get('')).toMatchObject({ open: 20, yours: 20, done: 0, full: false });
});

test('the day has its share: the same bucket and the next add nothing more', async () => {
  await app.json('POST', '/api/v1/predictions', rows(3));
  await judge();
  expect(await items()).toHaveLength(20);
});

test('two people at once, of three one finds no place; answers are labels of theirs, which agreement sees', async () => {
  const [first, second] = of(await items('?state=open'), 'audit');
  const took = await Promise.all(['ann', 'ben', 'cem'].map((key) => post(first!, 'claim', {}, key)));
  expect(took.map(({ status }) => status).toSorted()).toEqual([200, 200, 409]);
  const refused = ['ann', 'ben', 'cem'][took.findIndex(({ status }) => status === 409)]!;
  expect((await items('?mine=true', refused)).map(({ id }) => id)).not.toContain(first!.id);
  expect(await items('?assignee=key ann')).toHaveLength(refused === 'ann' ? 0 : 1);
  const two = ['ann', 'ben', 'cem'].filter((key) => key !== refused);
  expect((await post(first!, 'answer', { label: 'yes' }, two[0])).body.state).toBe('open');
  // Answered anew, the later counts.
  expect((await post(first!, 'answer', { label: 'no' }, two[0])).body.state).toBe('open');
  const done = (await post(first!, 'answer', { label: 'no' }, two[1])).body;
  expect(done).toMatchObject({ state: 'done', turns: [{ state: 'answered' }, { state: 'answered' }] });
  expect((await post(first!, 'answer', { label: 'yes' }, refused)).status).toBe(409);
  const { labels } = (await app.json('GET', `/api/v1/models/m/predictions/${first!.prediction}`)).body;
  expect(labels[0]).toMatchObject({ value: 'no', human: true, source: expect.stringMatching(/^key /) });
  await post(second!, 'answer', { label: 'yes' }, 'ann');
  await post(second!, 'answer', { label: 'yes' }, 'ben');
  now += 60_000;
  const agreement = (await app.json('GET', '/api/v1/models/m/agreement')).body;
  expect(agreement.alpha.n).toBe(2);
  expect(await get('')).toMatchObject({ open: 18, done: 2 });
});

test('what is no label, who may not send one, and what is not there: refused, and the item stays', async () => {
  const [item] = await items('?mine=true');
  expect((await post(item!, 'answer', { label: { a: 1 } })).status).toBe(400);
  expect((await post(item!, 'answer', { label: [1] })).status).toBe(422);
  const { body: reader } = await app.json('POST', '/api/v1/keys', { name: 'reader', scopes: ['write'] });
  keys.reader = reader.secret;
  expect((await post(item!, 'answer', { label: 'yes' }, 'reader')).status).toBe(403);
  expect((await post({ ...item!, id: 'none' }, 'skip')).status).toBe(404);
  expect((await items('?mine=true')).map(({ id }) => id)).toContain(item!.id);
});

test('skipped by all it wants it is over, and nobody knew; one that is given to somebody is theirs', async () => {
  const [item, given] = await items('?mine=true&limit=2');
  expect((await post(given!, 'assign', { to: 'dora@example.org' })).body.turns).toHaveLength(1);
  expect(await items('?assignee=dora@example.org')).toHaveLength(1);
  await post(item!, 'skip', {}, 'ann');
  expect((await items('?mine=true')).map(({ id }) => id)).not.toContain(item!.id);
  expect((await post(item!, 'skip', {}, 'ben')).body.state).toBe('skipped');
  const { body } = await app.json('GET', '/api/v1/audit?limit=20');
  expect(body.items.map(({ action }: { action: string }) => action)).toEqual(
    expect.arrayContaining(['review.skip', 'review.assign', 'review.answer']),
  );
});

test('pages follow one another', async () => {
  const all = await items('?state=open');
  const first = await get('/items?state=open&limit=5');
  const next = await get(`/items?state=open&limit=1000&cursor=${first.next_cursor}`);
  expect([...first.items, ...next.items]).toEqual(all);
});

test('erasing a prediction takes its item along; what is older than it is kept goes', async () => {
  const [item, other] = await items('?state=open');
  const begun = await app.json('DELETE', `/api/v1/models/m/predictions?id=${item!.prediction}`);
  expect(begun.status).toBe(202);
  now += 60_000;
  await app.app.runJob('erasures');
  const left = (await items('?state=open')).map(({ id }) => id);
  expect(left).not.toContain(item!.id);
  expect(left).toContain(other!.id);
  now += 400 * 24 * HOUR;
  await app.app.runJob('retention');
  expect(await items()).toEqual([]);
});

test('a monitor tells when what waits for people waits for too long', async () => {
  const options = { threshold: 0.02, m: 1, n: 1 };
  await app.json('POST', '/api/v1/models', { id: 'live', task: 'binary', review: { per_day: 50 } });
  const made = await app.json('POST', '/api/v1/monitors', { model: 'live', kind: 'review_backlog', options });
  expect(made.status).toBe(201);
  now = Math.ceil(now / HOUR) * HOUR;
  for (let hour = 0; hour < 7; hour += 1) {
    now += HOUR;
    const of = (i: number) => ({ model: 'live', time: now - i * 60_000, prediction: i % 2 ? 'yes' : 'no', score: 0.5 }); // biome-ignore format: one line
    await app.json(
      'POST',
      '/api/v1/predictions',
      Array.from({ length: 60 }, (_, i) => of(i)),
    );
    now += 10_000;
    await app.app.runJob('models');
    await app.app.runJob('review');
  }
  const { body } = await app.json('GET', '/api/v1/models/live/signals?kind=review_backlog');
  const [series] = body.items;
  const values = series.points.map(({ value }: { value: number | null }) => value);
  expect(values[0]).toBe(0);
  expect(values.at(-1)).toBeGreaterThan(0.02);
  const alerts = await app.json('GET', '/api/v1/alerts?model=live&state=firing');
  expect(alerts.body.items.map(({ kind }: { kind: string }) => kind)).toContain('review_backlog');
}, 60_000);
