import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { NewModel } from '../contract/model.ts';
import { addModel } from '../server/models/add-model.ts';
import { startTestApp, type TestApp } from './app.ts';
import { placesOf } from './stored-text.ts';
import { until } from './until.ts';

/** What must be found nowhere. */
const PLANTED = 'zqplantedvalue';

let server: TestApp;
beforeAll(async () => {
  server = await startTestApp({ allowPrivateAddresses: true });
  const rules = [
    { columns: 'email*', action: 'drop' },
    { columns: '*_name', action: 'hash' },
    { columns: 'age', action: 'bucket', width: 10 },
    { columns: 'postcode', action: 'bucket', characters: 2 },
    { columns: '_trace_id', action: 'hash' },
    { columns: '_source', action: 'drop' },
    { columns: '_error', action: 'drop' },
  ];
  expect(await server.json('PUT', '/api/v1/privacy', { rules })).toMatchObject({ status: 200 });
});
afterAll(() => server.stop());

const HASHED = /^hmac:[\w-]{22}$/;
const person = (i: number) => ({
  email_work: `${PLANTED}${i}@example.org`,
  last_name: `${PLANTED}${i % 3}`,
  age: 30 + (i % 20),
  postcode: `12${PLANTED}`,
  amount: i,
});
const prediction = (i: number, more: object = {}) => ({
  model: 'people',
  id: `p${i}`,
  features: person(i),
  prediction: i % 2 ? 'yes' : 'no',
  tags: { first_name: `${PLANTED}${i}`, email: PLANTED, region: 'north' },
  attributions: { email_work: 0.5, amount: 0.1 },
  trace_id: `${PLANTED}-trace`,
  error: i === 0 ? `${PLANTED} failed` : null,
  ...more,
});

async function raw(path: string, body: string | Uint8Array<ArrayBuffer>, type = 'application/json') {
  const headers = { authorization: `Bearer ${server.adminKey}`, 'content-type': type };
  const reply = await fetch(`${server.address}${path}`, { method: 'POST', headers, body });
  return { status: reply.status, text: await reply.text() };
}

const csv = () =>
  [
    'email_work,last_name,age,postcode,amount,prediction',
    ...Array.from({ length: 60 }, (_, i) => {
      const { email_work, last_name, age, postcode, amount } = person(i);
      return [email_work, last_name, age, postcode, amount, i % 2 ? 'yes' : 'no'].join();
    }),
  ].join('\n');

test('from the first event on nothing of a protected value is stored, whatever it comes in', async () => {
  const sent = await server.json(
    'POST',
    '/api/v1/predictions',
    Array.from({ length: 60 }, (_, i) => prediction(i)),
  );
  expect(sent.body).toMatchObject({ stored: 60, rejected_total: 0 });
  const { body: record } = await server.json('GET', '/api/v1/models/people/predictions/p4');
  expect(record).toMatchObject({
    features: { age: 30, postcode: '12', amount: 4, last_name: expect.stringMatching(HASHED) },
    tags: { region: 'north', first_name: expect.stringMatching(HASHED) },
    attributions: { amount: 0.1 },
    trace_id: expect.stringMatching(HASHED),
    error: null,
  });
  expect(Object.keys(record.features)).not.toContain('email_work');
  expect(Object.keys(record.tags)).toEqual(expect.not.arrayContaining(['email']));
  // p1 and p4 have the same name, and still have.
  const { body: other } = await server.json('GET', '/api/v1/models/people/predictions/p1');
  expect(other.features.last_name).toBe(record.features.last_name);

  await server.json('POST', '/api/v1/labels', [{ model: 'people', id: 'p1', label: 'yes', source: PLANTED }]);
  const refused = [
    prediction(100, { latency_ms: -1 }),
    prediction(101, { email: PLANTED }),
    prediction(102, { features: { email: { address: PLANTED } } }),
    prediction(103, { features: [{ name: 'email', value: PLANTED }] }),
    prediction(104, { features: `${PLANTED}` }),
    { ...prediction(105), model: undefined },
    { ...prediction(106), model: '../', features: { last_name: PLANTED } },
    PLANTED,
  ];
  const lines = [
    ...refused.map((event) => JSON.stringify(event)),
    `{"model":"people","features":{"email":"${PLANTED}"`,
  ];
  const { text } = await raw('/api/v1/predictions', lines.join('\n'), 'application/x-ndjson');
  expect(JSON.parse(text)).toMatchObject({ received: 9, stored: 0, rejected_total: 9 });
  expect(text).not.toContain(PLANTED);
  await raw('/api/v1/labels', JSON.stringify([{ model: 'people', id: 'p2', label: { a: PLANTED } }]));
  const { body: rejects } = await server.json('GET', '/api/v1/rejects');
  expect(rejects.items).toHaveLength(10);
  expect(rejects.items.find(({ code }: { code: string }) => code === 'invalid_json')).toMatchObject({
    raw: '',
    message: expect.stringContaining('columns are protected'),
  });
  for (const job of ['models', 'importance']) await server.app.runJob(job);
  expect(await placesOf(PLANTED, server)).toEqual([]);
});

test('references and uploads are kept by the same rules, so that they can be compared with production', async () => {
  const made = await raw('/api/v1/models/people/references/file?name=training', csv(), 'text/csv');
  expect(made.status).toBe(201);
  const reference = JSON.parse(made.text);
  expect(reference.columns).toMatchObject({ used: 4, of: 4, lacking: [], ignored: ['email_work'] });
  const { body: told } = await server.json('GET', '/api/v1/models/people/columns/last_name/distribution');
  const shares = told.bins ?? told.categories;
  expect(JSON.stringify(told)).toContain('hmac:');
  expect(shares).toBeDefined();

  const upload = JSON.parse(
    (await raw('/api/v1/uploads?name=people.csv', csv(), 'application/octet-stream')).text,
  );
  const plan = { model: 'uploaded', use: 'predictions' };
  const { body: preview } = await server.json('POST', `/api/v1/uploads/${upload.id}/preview`, plan);
  expect(
    preview.columns.map(({ name, protection }: { name: string; protection: string }) => [name, protection]),
  ).toEqual([
    ['email_work', 'left out'],
    ['last_name', 'hashed'],
    ['age', 'in steps of 10'],
    ['postcode', 'text to 2 characters'],
    ['amount', null],
    ['prediction', null],
  ]);
  expect((await server.json('POST', `/api/v1/uploads/${upload.id}/rows`, plan)).status).toBe(202);
  await vi.waitUntil(
    async () => (await server.json('GET', `/api/v1/uploads/${upload.id}`)).body.state === 'stored',
    {
      timeout: 30_000,
      interval: 50,
    },
  );
  const { body: rows } = await server.json(
    'GET',
    '/api/v1/models/uploaded/predictions?limit=1&where=amount:eq:4',
  );
  const { body: own } = await server.json('GET', '/api/v1/models/people/predictions/p4');
  expect(rows.items[0].features).toEqual(own.features);
  expect(await placesOf(PLANTED, server)).toEqual([]);
});

test.each(['this server', 'another'])(
  'rules that a model is made with hold for its first event: made by %s',
  async (by) => {
    const model = `made by ${by}`.replaceAll(' ', '-');
    const made: NewModel = { id: model, privacy: [{ columns: 'nickname', action: 'drop' }] };
    if (by === 'another') await addModel(server.app.ctx, made);
    else expect((await server.json('POST', '/api/v1/models', made)).status).toBe(201);
    const event = { model, id: '1', prediction: 1, features: { nickname: PLANTED, amount: 1 } };
    await server.json('POST', '/api/v1/predictions', event);
    expect((await server.json('GET', `/api/v1/models/${model}/predictions/1`)).body.features).toEqual({
      amount: 1,
    });
    expect(await placesOf(PLANTED, server)).toEqual([]);
  },
);

test('a model has rules of its own behind those of the server, and what they do is told before', async () => {
  const change = {
    privacy: [
      { columns: 'amount', action: 'hash' },
      { columns: 'email*', action: 'hash' },
    ],
  };
  const { body: effects } = await server.json('POST', '/api/v1/models/people/effects', change);
  expect(effects.items.map(({ sentence }: { sentence: string }) => sentence).join()).toMatch(
    /amount is hashed from now on; hashes are no numbers/,
  );
  const { body: model } = await server.json('PATCH', '/api/v1/models/people', change);
  expect(model).toMatchObject({ privacy: change.privacy, server_privacy: expect.anything() });
  expect(model.columns.find(({ name }: { name: string }) => name === 'amount').protection).toBe('hashed');
  await server.json('POST', '/api/v1/predictions', [prediction(200)]);
  const { body: record } = await server.json('GET', '/api/v1/models/people/predictions/p200');
  expect(record).toMatchObject({
    features: { amount: null },
    misfit: { amount: expect.stringMatching(HASHED) },
  });
  expect(Object.keys(record.features)).not.toContain('email_work');
  const wrong = [
    { columns: '_id', action: 'drop' },
    { columns: 'a', action: 'bucket' },
    { columns: '', action: 'drop' },
  ];
  for (const rule of wrong)
    expect((await server.json('PATCH', '/api/v1/models/people', { privacy: [rule] })).status).toBe(400);
  const { body: key } = await server.json('POST', '/api/v1/keys', { name: 'editor', scopes: ['write'] });
  expect((await server.json('PUT', '/api/v1/privacy', { rules: [] }, key.secret)).status).toBe(403);
});

test('what is told to channels holds no value of a column: not of incidents, not of the audit log, not of a test', async () => {
  const told: string[] = [];
  const hook = createServer((request, reply) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      told.push(text + JSON.stringify([request.url, request.headers]));
      reply.end();
    });
  }).listen(0, '127.0.0.1');
  await once(hook, 'listening');
  const address = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
  try {
    const { body: channel } = await server.json('POST', '/api/v1/channels', { name: 'on-call', address });
    await server.json('POST', '/api/v1/channels', { name: 'head', address, tells: 'audit_head' });
    const hour = 3_600_000;
    const end = Math.floor(Date.now() / hour) * hour - hour;
    const begin = end - 12 * 24 * hour;
    const broken = end - 36 * hour;
    // From some hour on: a city, a class, a version, an id and a text among numbers that nobody has seen.
    const events = Array.from({ length: 12 * 24 * 10 }, (_, i) => {
      const time = begin + (i * hour) / 10;
      const odd = time >= broken && i % 2 === 0;
      return {
        ...{ model: 'told', id: odd ? `${PLANTED}-${i}` : `t${i}`, time, score: ((i * 7) % 100) / 100 },
        features: {
          city: odd ? `${PLANTED}-city` : ['Bonn', 'Kiel'][i % 2],
          n: odd ? PLANTED : (i * 13) % 50,
        },
        prediction: odd ? `${PLANTED}-class` : ['yes', 'no', 'maybe'][i % 3],
        tags: { account: PLANTED },
      };
    });
    await server.json('POST', '/api/v1/predictions', events);
    // Rows that have just come are looked at when they have settled. What is told then is of the columns in which the value lies.
    await until(async () => {
      for (const job of ['models', 'infer_tasks', 'models', 'incidents', 'audit_head'])
        await server.app.runJob(job);
      await server.app.deliver();
      return ['city', '"n"'].every((column) => told.join('').includes(column));
    });
    await server.json('POST', `/api/v1/channels/${channel.id}/test`);
    await server.app.deliver();
    const { body: incidents } = await server.json('GET', '/api/v1/incidents?model=told');
    const text = told.join('\n');
    expect(text).toContain('audit_head');
    expect(incidents.items.length).toBeGreaterThan(0);
    expect(await placesOf(PLANTED, server)).toContain('lake: profiles');
    expect(text.toLowerCase()).not.toContain(PLANTED);
    const places = await placesOf(PLANTED, server);
    expect(places.filter((place) => /outbox|incident|alert|audit/.test(place))).toEqual([]);
  } finally {
    hook.close();
  }
});
