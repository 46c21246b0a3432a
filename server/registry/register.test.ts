import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';

let tilt: TestApp;
let now = Date.now();
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
});
afterAll(() => tilt.stop());

const address = (model: string) => `/api/v1/models/${model}/registered-versions`;
const version = (name: string, more = {}) => ({
  ...{ version: name, registered_as: name, aliases: [], stage: null, run: null, url: null, metrics: {} },
  ...more,
});
const registration = (more = {}) => ({
  ...{ registry: 'mlflow', name: 'credit risk', description: 'Who pays back', columns: {}, versions: [] },
  ...more,
});

test('a model is made with its columns and versions; the same again changes nothing', async () => {
  const body = registration({
    columns: { age: 'numeric', country: 'categorical', 'a`b': 'numeric' },
    versions: [
      version('1', { aliases: ['champion'], metrics: { accuracy: 0.9 } }),
      version('10'),
      version('2'),
    ],
  });
  const first = await tilt.json('PUT', address('credit'), body);
  expect(first).toMatchObject({
    status: 200,
    body: {
      model: 'credit',
      made: true,
      versions: { added: ['1', '10', '2'], changed: [], removed: [] },
      columns: { added: ['age', 'country'], kept: [], refused: ['a`b'] },
    },
  });
  const model = await tilt.json('GET', '/api/v1/models/credit');
  expect(model.body).toMatchObject({ description: 'Who pays back' });
  expect(model.body.columns.map(({ name, type }: { name: string; type: string }) => [name, type])).toEqual([
    ['age', 'numeric'],
    ['country', 'categorical'],
  ]);
  const again = await tilt.json('PUT', address('credit'), body);
  expect(again.body).toEqual({
    ...{ model: 'credit', made: false, versions: { added: [], changed: [], removed: [] } },
    columns: { added: [], kept: [], refused: ['a`b'] },
  });
  const entries = await tilt.app.ctx.ledger
    .selectFrom('audit')
    .select('action')
    .where('target', '=', 'credit')
    .execute();
  expect(entries.map(({ action }) => action)).toEqual(['model.create', 'model.register']);
  const list = await tilt.json('GET', address('credit'));
  expect(list.body.items.map((one: { version: string }) => one.version)).toEqual(['10', '2', '1']);
  expect(list.body.items[2]).toMatchObject({
    aliases: ['champion'],
    metrics: { accuracy: 0.9 },
    name: 'credit risk',
  });
});

test('versions that are gone go, what changed changes, and what the model has stays', async () => {
  await tilt.json('POST', '/api/v1/models', {
    id: 'm',
    description: 'ours',
    columns: { age: { type: 'categorical' } },
  });
  await tilt.json('PUT', address('m'), registration({ versions: [version('1'), version('2')] }));
  const found = await tilt.json(
    'PUT',
    address('m'),
    registration({
      columns: { age: 'numeric' },
      versions: [version('2', { stage: 'Production' }), version('3')],
    }),
  );
  expect(found.body).toMatchObject({
    versions: { added: ['3'], changed: ['2'], removed: ['1'] },
    columns: { added: [], kept: [{ name: 'age', is: 'categorical', registered: 'numeric' }] },
  });
  expect((await tilt.json('GET', '/api/v1/models/m')).body.description).toBe('ours');
});

test('predictions of a registered model land in its declared columns; the promised metric stands beside the versions', async () => {
  await tilt.json(
    'PUT',
    address('loans'),
    registration({
      columns: { amount: 'numeric' },
      versions: [version('1', { aliases: ['champion'], metrics: { test_accuracy: 0.8 } }), version('2')],
    }),
  );
  const now = Date.now();
  const rows = Array.from({ length: 60 }, (_, i) => i);
  await tilt.json(
    'POST',
    '/api/v1/predictions',
    rows.map((i) => ({
      model: 'loans',
      version: '1',
      id: `p${i}`,
      time: now - 7_200_000,
      features: { amount: i },
      prediction: i % 2 ? 'yes' : 'no',
    })),
  );
  await tilt.json(
    'POST',
    '/api/v1/labels',
    rows.map((i) => ({ model: 'loans', id: `p${i}`, label: i % 3 ? 'yes' : 'no' })),
  );
  await tilt.app.runJob('models');
  await tilt.app.runJob('models');
  await tilt.json('PATCH', '/api/v1/models/loans', { task: 'binary' });
  await tilt.app.runJob('models');
  const { body } = await tilt.json('GET', '/api/v1/models/loans/versions');
  expect(body.metric.id).toBe('accuracy');
  expect(body.items).toHaveLength(1);
  expect(body.items[0]).toMatchObject({
    version: '1',
    registered: {
      registry: 'mlflow',
      aliases: ['champion'],
      promised: { name: 'test_accuracy', value: 0.8 },
    },
  });
  expect(body.unanswered.map((one: { version: string }) => one.version)).toEqual(['2']);
});

test.each([
  ['a name that no model can have', 'credit%20risk', {}],
  ['a version with an invisible name', 'x', { versions: [version('\u200b')] }],
  ['an address that is a script', 'x', { versions: [version('1', { url: 'javascript:alert(1)' })] }],
  ['a type that there is not', 'x', { columns: { a: 'tensor' } }],
  ['another registry', 'x', { registry: 'other' }],
])('%s is refused, and nothing is made', async (_, model, more) => {
  expect((await tilt.json('PUT', address(model), registration(more))).status).toBe(400);
  expect((await tilt.json('GET', '/api/v1/models/x')).status).toBe(404);
});

test('of a version that is told twice the last counts', async () => {
  const twice = registration({
    versions: [version('1'), version('2'), version('1', { stage: 'Production' })],
  });
  const { status, body } = await tilt.json('PUT', address('twice'), twice);
  expect(status).toBe(200);
  expect(body.versions.added).toEqual(['1', '2']);
  const { body: known } = await tilt.json('GET', address('twice'));
  expect(known.items).toHaveLength(2);
  expect(known.items.find((one: { version: string }) => one.version === '1').stage).toBe('Production');
});

test('deleting a model takes its versions along; a key that may only read registers nothing', async () => {
  await tilt.json('PUT', address('gone'), registration({ versions: [version('1')] }));
  await tilt.json('DELETE', '/api/v1/models/gone?confirm=gone');
  now += 20_000;
  await tilt.app.runJob('removals');
  const rows = await tilt.app.ctx.ledger
    .selectFrom('registered_versions')
    .selectAll()
    .where('model', '=', 'gone')
    .execute();
  expect(rows).toEqual([]);
  const { body: key } = await tilt.json('POST', '/api/v1/keys', { name: 'reader', scopes: ['read'] });
  expect((await tilt.json('PUT', address('m'), registration(), key.secret)).status).toBe(403);
});
