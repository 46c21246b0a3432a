import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { tiltmeter as command } from '../terminal.testing.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startTestApp();
  await server.json('POST', '/api/v1/models', { id: 'loans' });
});
afterAll(() => server.stop());

const env = () => ({ TILTMETER_URL: server.address, TILTMETER_KEY: server.adminKey });
const tiltmeter = (...args: string[]) => command(args, env());

test('model set changes what is named, and only that', async () => {
  const set = ['model', 'set', 'loans', '--positive-label', 'approve', '--label-delay', '5d'];
  const { exit, out } = await tiltmeter(...set, '--tags', 'risk, eu', '--retention', '400');
  expect(exit).toBe(0);
  expect(out).toMatch(/positive +approve/);
  expect(out).toMatch(/labels late +5d/);
  await tiltmeter('model', 'set', 'loans', '--owner', 'risk@example.org', '--retention', 'none');
  const { body } = await server.json('GET', '/api/v1/models/loans');
  expect(body).toMatchObject({
    positive_label: 'approve',
    label_delay_ms: 432_000_000,
    tags: ['risk', 'eu'],
    owner: 'risk@example.org',
    retention_days: null,
  });
});

test('model set says what columns are, also of one that has not come yet', async () => {
  const { exit, out } = await tiltmeter(
    'model',
    'set',
    'loans',
    '--column',
    'zip=categorical',
    '--column',
    'a=b=time',
  );
  expect(exit).toBe(0);
  expect(out).toMatch(/zip +categorical/);
  expect(out).toMatch(/a=b +time/);
});

test.each([
  ['nothing to set', ['model', 'set', 'loans'], 'Nothing to change'],
  ['a length without a unit', ['model', 'set', 'loans', '--window', '24'], '90s, 30m'],
  ['a column without a type', ['model', 'set', 'loans', '--column', 'zip'], 'zip=categorical'],
  ['a task there is not', ['model', 'set', 'loans', '--task', 'guessing'], 'Allowed choices'],
  ['a monitor there is not', ['monitor', 'set', 'none', '--threshold', '1'], 'There is no monitor none'],
  ['on and off', ['monitor', 'set', 'none', '--on', '--off'], 'at once'],
  ['a scope there is not', ['key', 'make', '--name', 'x', '--scope', 'all'], 'ingest, read, write, admin'],
])('%s: misuse', async (_, args, message) => {
  const { exit, err } = await tiltmeter(...args);
  expect([exit, err]).toEqual([2, expect.stringContaining(message)]);
});

test('monitor set keeps the options that are not named', async () => {
  const options = { threshold: 0.4, columns: ['age'] };
  await server.json('PATCH', '/api/v1/models/loans', { columns: { age: { type: 'numeric' } } });
  const { body } = await server.json('POST', '/api/v1/monitors', { model: 'loans', kind: 'drift', options });
  const { exit, out } = await tiltmeter(
    'monitor',
    'set',
    body.id,
    '--threshold',
    '0.3',
    '--severity',
    'page',
    '--json',
  );
  expect(exit).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ options: { threshold: 0.3, columns: ['age'] }, severity: 'page' });
  const off = await tiltmeter('monitor', 'set', body.id, '--off', '--option', 'threshold=', '--json');
  expect(JSON.parse(off.out)).toMatchObject({ enabled: false, options: { columns: ['age'] } });
});

test('key make prints the secret alone, once; with the data folder no key is needed', async () => {
  const { out, err } = await tiltmeter('key', 'make', '--name', 'pipeline');
  expect(err).toBe('Key "pipeline" with ingest; it is shown only now:\n');
  const sent = await server.json(
    'POST',
    '/api/v1/predictions',
    { model: 'keyed', features: { a: 1 } },
    out.trim(),
  );
  expect(sent.status).toBe(200);
  const own = ['key', 'make', '--name', 'first', '--scope', 'read', '--data', server.dataDir];
  const made = await command(own, {});
  expect(made.exit).toBe(0);
  expect((await server.json('GET', '/api/v1/models', undefined, made.out.trim())).status).toBe(200);
});

test('label send stores one label, and says why one is refused', async () => {
  await server.json('POST', '/api/v1/predictions', { model: 'loans', id: 'a1', prediction: 'approve' });
  const sent = await tiltmeter('label', 'send', '--model', 'loans', '--id', 'a1', '--label', 'deny');
  expect(sent).toMatchObject({ exit: 0, out: 'Stored: a1 was deny.\n' });
  const { body } = await server.json('GET', '/api/v1/models/loans/predictions/a1');
  expect(body.label.value).toBe('deny');
  const late = ['label', 'send', '--model', 'loans', '--id', 'a1', '--label', 'x', '--time', '1970-01-01'];
  expect((await tiltmeter(...late)).err).toContain('invalid_time');
});

test('model delete asks for the name again, and is not done by accident', async () => {
  await server.json('POST', '/api/v1/models', { id: 'typo' });
  const there = async () => (await server.json('GET', '/api/v1/models/typo')).status;
  expect((await tiltmeter('model', 'delete', 'typo')).err).toContain('Add --yes');
  expect(await there()).toBe(200);
  const answers = (text: string) => Object.assign(new PassThrough(), { isTTY: true as const }).end(text);
  const wrong = await command(['model', 'delete', 'typo'], env(), answers('tpyo\n'));
  expect(wrong).toMatchObject({ exit: 2, err: expect.stringContaining('Nothing was deleted') });
  expect(await there()).toBe(200);
  expect((await command(['model', 'delete', 'typo'], env(), answers('typo\n'))).out).toBe('Deleted typo.\n');
  expect(await there()).toBe(404);
});
