import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../server/log.ts';
import { startTestApp, type TestApp } from './app.ts';
import { filesWith, placesOf } from './stored-text.ts';
import { until } from './until.ts';

const PERSON = 'zqperson';
const START = Date.parse('2026-03-01T10:00:00Z');

/** Everything that the server said. */
const log: string[] = [];

let now = START;
let server: TestApp;
beforeAll(async () => {
  server = await startTestApp({
    clock: () => now,
    log: createLog('debug', { write: (line) => log.push(line) }),
  });
  await server.json('PUT', '/api/v1/privacy', { rules: [{ columns: 'phone', action: 'hash' }] });
});
afterAll(() => server.stop());

const event = (id: string, customer: string, more: object = {}) => ({
  model: 'm',
  id,
  time: START - 3_600_000,
  features: {
    customer,
    phone: `${customer}-phone`,
    city: customer === PERSON ? `${PERSON} City` : 'Bonn',
    n: 7,
  },
  prediction: 'yes',
  tags: { account: customer },
  ...more,
});

const isNote = (place: string) => place.includes('mutation_');

const path = (what: string, query: string) => `/api/v1/models/m/${what}?${query}`;

async function goOn(ms: number): Promise<void> {
  now += ms;
  await server.app.runJob('erasures');
}

test('a subject is counted, exported, and erased everywhere, by a feature; what is left says nothing of it', async () => {
  const others = Array.from({ length: 30 }, (_, i) => event(`o${i}`, `other${i}`));
  const own = [0, 1, 2].map((i) => event(`${PERSON}${i}`, PERSON));
  await server.json('POST', '/api/v1/predictions', [...others, ...own]);
  await server.json('POST', '/api/v1/labels', [
    { model: 'm', id: `${PERSON}0`, label: 'no' },
    { model: 'm', id: 'o1', label: 'yes' },
  ]);
  await server.json('POST', '/api/v1/outcomes', [{ model: 'm', metric: 'sold', value: 3, id: `${PERSON}1` }]);
  const refused = [
    event('r1', PERSON, { latency_ms: -1 }),
    { model: 'm', id: `${PERSON}2`, oops: 1 },
    event('r3', 'other9', { latency_ms: -1 }),
  ];
  await server.json('POST', '/api/v1/predictions', refused);
  await server.app.runJob('models');
  expect(await placesOf(PERSON, server)).toEqual(
    expect.arrayContaining(['lake: predictions_m', 'lake: profiles']),
  );

  const who = `where=customer:eq:${PERSON}`;
  expect((await server.json('GET', path('subject', who))).body).toMatchObject({
    ...{ predictions: 3, labels: 1, outcomes: 1, rejects: 2 },
    remains: expect.stringContaining('Profiles keep'),
  });
  // By what was hashed it is found with the value that was sent.
  const byPhone = await server.json('GET', path('subject', `where=phone:eq:${PERSON}-phone`));
  expect(byPhone.body).toMatchObject({ predictions: 3 });
  const file = await fetch(server.address + path('export/subject', who), {
    headers: { authorization: `Bearer ${server.adminKey}` },
  });
  const text = await file.text();
  const types = text
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types.sort()).toEqual([
    'label',
    'outcome',
    'prediction',
    'prediction',
    'prediction',
    'reject',
    'reject',
  ]);
  const list = (await server.json('GET', path('export/subject', `${who}&format=json`))).body;
  expect(list).toHaveLength(7);

  const { status, body: begun } = await server.json('DELETE', path('predictions', who));
  expect([status, begun]).toMatchObject([202, { by: ['customer'], predictions: 3, finished_at: null }]);
  await goOn(5_000);
  expect((await server.json('GET', path('subject', who))).body).toMatchObject({ predictions: 3 });
  await goOn(15_000);
  expect((await server.json('GET', `/api/v1/models/m/erasures/${begun.id}`)).body).toMatchObject({
    ...{ predictions: 3, labels: 1, outcomes: 1, rejects: 2 },
    finished_at: expect.any(String),
  });
  const { body: left } = await server.json('GET', '/api/v1/models/m/predictions?limit=100');
  expect(left.items).toHaveLength(30);
  expect((await server.json('GET', '/api/v1/rejects')).body.items).toHaveLength(1);
  expect((await server.json('GET', '/api/v1/models/m/predictions/o1')).body.label).toMatchObject({
    value: 'yes',
  });
  // The last look forgets what was asked, and nothing stored has a word of it.
  await goOn(11 * 60_000);
  expect((await placesOf(PERSON, server)).filter((place) => !place.startsWith('file: '))).toEqual([]);
  // Nor has what the engine notes of the changes by which it went, beside the parts of its tables.
  await until(async () => !(await filesWith(PERSON, server.dataDir)).some(isNote), 1_000);
  const profiles = await server.app.ctx.lake.query<{ n: number; named: number; other: number }>(
    `SELECT sum(n) AS n, sum(arraySum(mapValues(counts))) AS named, sum(other) AS other FROM tiltmeter.profiles FINAL
     WHERE model = 'm' AND column = 'city'`,
  );
  expect(profiles).toEqual([{ n: 33, named: 30, other: 3 }]);
  for (const id of [`${PERSON}0`, `${PERSON}/0`])
    await server.json('GET', `/api/v1/models/m/predictions/${encodeURIComponent(id)}`, undefined, null);
  expect(log.join('')).toContain('what people erased is gone');
  expect(log.filter((line) => line.includes(PERSON))).toEqual([]);
  const audit = (await server.json('GET', '/api/v1/audit')).body.items as {
    action: string;
    detail: object;
  }[];
  const entry = audit.find(({ action }) => action === 'subject.erase');
  expect(entry?.detail).toMatchObject({ by: ['customer'], predictions: 3 });
  expect(await filesWith(PERSON, `${server.dataDir}/spool`)).toEqual([]);
});

test('by id also what has no prediction goes; an id that is sent again is new', async () => {
  await server.json('POST', '/api/v1/predictions', [event('again', 'someone'), event('kept', 'someone')]);
  await server.json('POST', '/api/v1/labels', [{ model: 'm', id: 'alone', label: 'no' }]);
  const { body } = await server.json('DELETE', path('predictions', 'id=again&id=alone'));
  expect(body).toMatchObject({ by: ['_id'], predictions: 1 });
  await goOn(20_000);
  expect((await server.json('GET', `/api/v1/models/m/erasures/${body.id}`)).body).toMatchObject({
    labels: 1,
  });
  const again = await server.json('POST', '/api/v1/predictions', [
    event('again', 'someone'),
    event('kept', 'someone'),
  ]);
  expect(again.body).toMatchObject({ stored: 1, duplicates: 1 });
  await goOn(11 * 60_000);
  expect((await server.json('GET', '/api/v1/models/m/predictions/again')).status).toBe(200);
});

test('stage records go with the id of a prediction, and with a request id that no other prediction has', async () => {
  await server.json('POST', '/api/v1/predictions', [
    event('s1', 'staged', { request_id: 'its own' }),
    event('s2', 'staged', { request_id: 'a batch' }),
    event('s3', 'beside', { request_id: 'a batch' }),
  ]);
  const record = (request_id: string) => ({ model: 'm', stage: 'features', time: START, request_id });
  const records = ['its own', 'a batch', 's2', 's3'].map(record);
  await server.json('POST', '/api/v1/stages', records);
  await server.json('DELETE', path('predictions', 'where=customer:eq:staged'));
  await goOn(20_000);
  const { body } = await server.json('GET', path('stages', 'limit=100'));
  const left = body.items.map((item: { request_id: string }) => item.request_id);
  expect(left.sort()).toEqual(['a batch', 's3']);
});

test('by a tag, by a number that did not fit, by a trace; and only admins erase', async () => {
  await server.json('POST', '/api/v1/predictions', [
    event('t1', 'tagged'),
    event('t2', 'odd', { features: { n: 'seven' }, trace_id: 'tr1' }),
  ]);
  for (const [who, n] of [
    ['where=_tags.account:eq:tagged', 1],
    ['where=n:eq:seven', 1],
    ['where=_trace_id:eq:tr1', 1],
    ['where=n:eq:7&where=customer:eq:tagged', 1],
    ['id=t1&id=t2', 2],
  ] as const)
    expect((await server.json('GET', path('subject', who))).body).toMatchObject({ predictions: n });
  for (const who of ['', 'where=n:gt:1', 'where=_score:eq:1', 'where=nothing:eq:1', 'where=customer:eq:'])
    expect((await server.json('DELETE', path('predictions', who))).status).toBe(400);
  const { body: key } = await server.json('POST', '/api/v1/keys', { name: 'writer', scopes: ['write'] });
  expect((await server.json('DELETE', path('predictions', 'id=t1'), undefined, key.secret)).status).toBe(403);
});

test('a value that another has whose own feature is missing stays in the profiles', async () => {
  const row = (id: string, features: object) => ({ model: 'k', id, time: START - 3_600_000, features });
  await server.json('POST', '/api/v1/predictions', [
    row('a', { customer: 'mine', city: 'Shared' }),
    row('b', { city: 'Shared' }),
  ]);
  await server.app.runJob('models');
  await server.json('DELETE', '/api/v1/models/k/predictions?where=customer:eq:mine');
  await goOn(20_000);
  await goOn(11 * 60_000);
  const profiles = await server.app.ctx.lake.query<{ named: number; other: number }>(
    `SELECT sum(arraySum(mapValues(counts))) AS named, sum(other) AS other FROM tiltmeter.profiles FINAL
     WHERE model = 'k' AND column = 'city'`,
  );
  expect(profiles).toEqual([{ named: 2, other: 0 }]);
  const { body } = await server.json('GET', '/api/v1/models/k/predictions?limit=10');
  expect(body.items).toHaveLength(1);
});

test('whatever names a value of the erased alone names it no more: segments, tags, codes, long texts, labels, classes, errors', async () => {
  const CODE = 987_654_321;
  const LONG = `${PERSON} ${'x'.repeat(400)}`;
  await server.json('POST', '/api/v1/models', {
    ...{ id: 's', task: 'multiclass', segments: ['city', 'account', 'zone', ['city', 'account']] },
    columns: { zone: { type: 'categorical' } },
  });
  const row = (i: number, own: boolean) => ({
    ...{
      model: 's',
      id: own ? `${PERSON}${i}` : `o${i}`,
      time: START - 7_200_000 - i * 60_000,
      version: '1',
    },
    features: {
      city: own ? `${PERSON} City` : ['Bonn', 'Kiel'][i % 2],
      zone: own ? CODE : 1 + (i % 3),
      note: own ? LONG : ['short', 'long'][i % 2],
    },
    prediction: own ? `${PERSON}-class` : ['a', 'b', 'c'][i % 3],
    tags: { account: own ? PERSON : ['x', 'y'][i % 2] },
    attributions: { city: 0.5, zone: -0.25 },
    error: own ? `${PERSON} was not found` : null,
  });
  const rows = [
    ...Array.from({ length: 60 }, (_, i) => row(i, false)),
    ...[0, 1, 2, 3].map((i) => row(i, true)),
  ];
  expect((await server.json('POST', '/api/v1/predictions', rows)).body).toMatchObject({ stored: 64 });
  const labels = rows.flatMap(({ id }, i) => [
    { model: 's', id, label: i < 60 ? 'abc'[i % 3] : `${PERSON}-label`, source: 'system' },
    ...(i >= 60 ? [{ model: 's', id, label: `${PERSON}-truth`, source: 'person', human: true }] : []),
  ]);
  await server.json('POST', '/api/v1/labels', labels);
  await server.json('POST', '/api/v1/outcomes', [{ model: 's', metric: 'sold', value: 3, id: `${PERSON}1` }]);
  const refused = [
    { model: 's', id: `${PERSON}2`, label: 'a', oops: 1 },
    { model: 's', id: `${PERSON}2`, label: `${PERSON} says`, time: 'never' },
  ];
  await server.json('POST', '/api/v1/labels', refused);
  for (const job of ['models', 'infer_tasks', 'models', 'importance']) await server.app.runJob(job);
  expect(await placesOf(PERSON, server)).toEqual(
    expect.arrayContaining(['lake: labelled', 'lake: joined_outcomes', 'ledger: profile_heads']),
  );
  expect(await placesOf(String(CODE), server)).toContain('ledger: profile_heads');

  const who = `where=_tags.account:eq:${PERSON}`;
  const of = (what: string, query = who) => `/api/v1/models/s/${what}?${query}`;
  expect((await server.json('GET', of('subject'))).body).toMatchObject({
    ...{ predictions: 4, labels: 8, outcomes: 1, rejects: 2 },
  });
  // Exported is what would be erased: each label that came, refused events, attributions.
  const { body: file } = await server.json('GET', of('export/subject', `${who}&format=json`));
  const types = Map.groupBy(file as { type: string }[], ({ type }) => type);
  expect([...types].map(([type, each]) => [type, each.length]).sort()).toEqual([
    ['label', 8],
    ['outcome', 1],
    ['prediction', 4],
    ['reject', 2],
  ]);
  expect(types.get('prediction')![0]).toMatchObject({ attributions: { city: 0.5, zone: -0.25 } });

  await server.json('DELETE', of('predictions'));
  await goOn(20_000);
  // A roll-up that had read the rows before they went counts them afterwards, and splits by them.
  const { lake, ledger } = server.app.ctx;
  await lake.command(
    `INSERT INTO tiltmeter.profiles SELECT * REPLACE('late' AS source, map('${PERSON} City', toUInt64(4)) AS counts)
     FROM tiltmeter.profiles WHERE model = 's' AND column = 'city' AND segment = '' LIMIT 1`,
  );
  const head = ledger.selectFrom('profile_heads').select('splits').where('model', '=', 's');
  const splits = JSON.parse((await head.executeTakeFirstOrThrow()).splits);
  const byAccount = ({ columns }: { columns: { name: string }[] }) =>
    columns.map(({ name }) => name).join() === 'account';
  splits.find(byAccount).values.push([PERSON]);
  await ledger
    .updateTable('profile_heads')
    .set({ splits: JSON.stringify(splits) })
    .where('model', '=', 's')
    .execute();
  await goOn(11 * 60_000);
  const inStores = async (text: string) =>
    (await placesOf(text, server)).filter((place) => !place.startsWith('file: '));
  expect(await inStores(PERSON)).toEqual([]);
  expect(await inStores(String(CODE))).toEqual([]);
  // No sum has changed, and what is split anew is as before without them.
  const sums = await server.app.ctx.lake.query<{ column: string; n: number; named: number; other: number }>(
    `SELECT column, sum(n) AS n, sum(arraySum(mapValues(counts))) AS named, sum(other) AS other FROM tiltmeter.profiles FINAL
     WHERE model = 's' AND source = '' AND segment = '' AND column IN ('city', 'zone', 'note', '_label', '_prediction') GROUP BY column ORDER BY column`,
  );
  expect(sums).toEqual(
    ['_label', '_prediction', 'city', 'note', 'zone'].map((column) => ({
      column,
      n: 64,
      named: 60,
      other: 4,
    })),
  );
  await server.app.runJob('models');
  const { body } = await server.json('GET', of('segments', `from=${START - 86_400_000}&to=${START}`));
  expect(body.items.map(({ key }: { key: string }) => key)).toContain('account=x');
  expect(await inStores(PERSON)).toEqual([]);
});

test('what is asked to be erased is moved to no other model, nor the column taken that it is asked by, before it is gone', async () => {
  const of = (model: string, id: string) => event(id, `${model}-person`, { model });
  await server.json('POST', '/api/v1/predictions', [of('from', 'f1'), of('into', 'i1')]);
  const who = 'where=customer:eq:from-person';
  expect((await server.json('DELETE', `/api/v1/models/from/predictions?${who}`)).status).toBe(202);
  const merge = () => server.json('POST', '/api/v1/models/from/merge', { into: 'into', confirm: 'from' });
  const take = (column: string) =>
    server.json('DELETE', `/api/v1/models/from/columns/${column}?confirm=${column}`);
  const refused = { status: 409, body: { error: { code: 'conflict' } } };
  expect(await merge()).toMatchObject(refused);
  expect(await take('customer')).toMatchObject(refused);
  expect((await take('phone')).status).toBe(204);
  await goOn(20_000);
  // Once more is looked ten minutes later.
  expect(await merge()).toMatchObject(refused);
  await goOn(11 * 60_000);
  expect((await take('customer')).status).toBe(204);
  expect((await merge()).status).toBe(204);
  now += 20_000;
  await server.app.runJob('removals');
  const { body } = await server.json('GET', `/api/v1/models/into/subject?${who}`);
  expect(body.predictions).toBe(0);
});

test('what is being moved into a model is waited for by who asks to erase of it', async () => {
  const of = (model: string, id: string) => event(id, 'wanders', { model });
  await server.json('POST', '/api/v1/predictions', [of('early', 'e1'), of('late', 'l1')]);
  const merge = { into: 'late', confirm: 'early' };
  expect((await server.json('POST', '/api/v1/models/early/merge', merge)).status).toBe(204);
  const who = 'where=customer:eq:wanders';
  const erase = () => server.json('DELETE', `/api/v1/models/late/predictions?${who}`);
  expect(await erase()).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  now += 20_000;
  await server.app.runJob('removals');
  expect(await erase()).toMatchObject({ status: 202, body: { predictions: 2 } });
  await goOn(20_000);
  expect((await server.json('GET', `/api/v1/models/late/subject?${who}`)).body.predictions).toBe(0);
});

test('whose value was hashed is found by the value as it was sent, also when the rule is no more', async () => {
  await server.json('POST', '/api/v1/predictions', [event('hashed', 'unruled')]);
  await server.json('PUT', '/api/v1/privacy', { rules: [] });
  const who = 'where=phone:eq:unruled-phone';
  expect((await server.json('GET', path('subject', who))).body).toMatchObject({ predictions: 1 });
  const { body } = await server.json('DELETE', path('predictions', who));
  await goOn(20_000);
  expect((await server.json('GET', `/api/v1/models/m/erasures/${body.id}`)).body).toMatchObject({
    predictions: 1,
  });
  expect((await server.json('GET', '/api/v1/models/m/predictions/hashed')).status).toBe(404);
});
