import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { run } from '../../../cli/run.ts';
import { startTestApp, type TestApp } from '../../app.ts';
import { type MlflowServer, startMlflow } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-mlflow-test-'));
const NAME = "Credit risk, '26";
/** Registered models without versions, so that there are several pages. */
const MANY = 250;

let mlflow: MlflowServer;
let tilt: TestApp;
beforeAll(async () => {
  [mlflow, tilt] = await Promise.all([startMlflow(folder), startTestApp()]);
  await mlflow.python(join(import.meta.dirname, 'log_models.py'), folder);
  for (let i = 0; i < MANY; i++) await mlflow.call('POST', 'registered-models/create', { name: `many-${i}` });
  await mlflow.call('POST', 'registered-models/create', { name: 'ein Modell' });
  await mlflow.call('POST', 'registered-models/create', { name: 'zz-last' });
}, 900_000);
beforeEach(() => {
  mlflow.fault = () => false;
  mlflow.asked.length = 0;
});
afterAll(async () => {
  await Promise.all([mlflow?.stop(), tilt?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

async function sync(args: readonly string[] = [], env: Record<string, string> = {}) {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => new PassThrough().on('data', (chunk) => (written[name] += chunk));
  const exit = await run(['mlflow', 'sync', ...args], {
    env: {
      ...{ TILTMETER_URL: tilt.address, TILTMETER_KEY: tilt.adminKey, MLFLOW_TRACKING_URI: mlflow.address },
      ...env,
    },
    clock: Date.now,
    stdout: stream('out'),
    stderr: stream('err'),
  });
  return { exit, ...written };
}
const only = (more: readonly string[] = [], env: Record<string, string> = {}) =>
  sync(['--model', NAME, ...more], env);

test('hundreds of models come over by pages; what is wrong with one is said of it, and the next one comes', async () => {
  let deleted = false;
  mlflow.fault = async ({ url }, response) => {
    if (url!.startsWith('/model-versions/get-artifact') && url!.includes('vanishing') && !deleted) {
      deleted = true;
      await mlflow.call('DELETE', 'model-versions/delete', { name: 'vanishing', version: '1' });
    }
    const fails = url!.includes('/model-versions/search') && url!.includes('failing');
    if (fails)
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"database is locked"}');
    return fails;
  };
  const { exit, out, err } = await sync();
  expect([exit, err]).toEqual([1, '']);
  expect(out).toContain(
    `${NAME} as credit-risk: made, 2 versions new, 4 columns new, reference "training data of MLflow version 1 (train.csv)"\n`,
  );
  expect(out).toMatch(
    /^ein Modell: not brought over\n {2}ein Modell cannot be the name of a model here .*tiltmeter\.model/m,
  );
  expect(out).toMatch(/^failing: not brought over\n {2}MLflow failed \(500\): database is locked\.$/m);
  expect(out).toMatch(
    /^images: made, 1 version new\n {2}Version 1 declares no columns: its signature is of tensors/m,
  );
  expect(out).toMatch(
    /^unsigned: made, 1 version new\n {2}Version 1 declares no columns: its model was logged without/m,
  );
  expect(out).toMatch(
    /^vanishing: made, 1 version new\n {2}Version 1 declares no columns: .*MLflow does not have it/m,
  );
  expect(out).toMatch(/^zz-last: made$/m);
  expect(out).toContain('257 registered models, 2 not or not wholly brought over.');
  expect(mlflow.asked.filter((one) => one.includes('registered-models/search'))).toHaveLength(3);

  const { body: models } = await tilt.json('GET', '/api/v1/models?limit=1000');
  expect(models.items).toHaveLength(255);
  const { body: model } = await tilt.json('GET', '/api/v1/models/credit-risk');
  expect(model.columns.map(({ name, type }: { name: string; type: string }) => [name, type])).toEqual([
    ['age', 'numeric'],
    ['income', 'numeric'],
    ['country', 'categorical'],
    ['vip', 'boolean'],
  ]);
  expect(model.reference.name).toBe('training data of MLflow version 1 (train.csv)');
  const { body: versions } = await tilt.json('GET', '/api/v1/models/credit-risk/registered-versions');
  expect(versions.items).toMatchObject([
    {
      version: '2',
      aliases: ['challenger'],
      metrics: { test_accuracy: 0.91, training_accuracy_score: 0.99 },
    },
    { version: '1', aliases: ['champion'], metrics: { test_accuracy: 0.9, training_accuracy_score: 0.99 } },
  ]);
  expect(Object.keys(versions.items[0].metrics)).not.toContain('broken');
  const { body: unsigned } = await tilt.json('GET', '/api/v1/models/unsigned/registered-versions');
  expect(unsigned.items).toMatchObject([{ stage: 'Production' }]);
});

test('again: nothing new; then an alias that moves, and a version that is deleted', async () => {
  expect(await only()).toEqual({
    exit: 0,
    err: '',
    out: `${NAME} as credit-risk: nothing new\n1 registered model.\n`,
  });
  await mlflow.call('POST', 'registered-models/alias', { name: NAME, alias: 'champion', version: '2' });
  expect((await only()).out).toContain(
    '2 versions changed, reference "training data of MLflow version 2 (train.csv)"',
  );
  const { body } = await tilt.json('GET', '/api/v1/models/credit-risk');
  // the training set of the first champion was taken as a person's choice would be: it stays what is compared with
  expect(body.reference.name).toBe('training data of MLflow version 1 (train.csv)');
  const { out } = await sync(['--model', 'vanishing']);
  expect(out).toContain('vanishing: 1 version gone\n');
});

test('results are written back when that is asked for, and once', async () => {
  const rows = Array.from({ length: 80 }, (_, i) => i);
  const time = Date.now() - 7_200_000;
  await tilt.json(
    'POST',
    '/api/v1/predictions',
    rows.map((i) => ({
      ...{ model: 'credit-risk', version: '2', id: `p${i}`, time, prediction: 'yes' },
      features: { age: i, income: 1.5, country: 'FR', vip: true },
    })),
  );
  await tilt.json(
    'POST',
    '/api/v1/labels',
    rows.map((i) => ({ model: 'credit-risk', id: `p${i}`, label: i < 60 ? 'yes' : 'no' })),
  );
  await tilt.json('PATCH', '/api/v1/models/credit-risk', { task: 'binary' });
  await tilt.app.runJob('models');
  await tilt.app.runJob('models');
  const { body: list } = await tilt.json('GET', '/api/v1/models/credit-risk/versions');
  expect(list.items).toMatchObject([
    {
      version: '2',
      registered: { aliases: ['challenger', 'champion'], promised: { name: 'test_accuracy', value: 0.91 } },
    },
  ]);

  expect((await only()).out).toContain('nothing new');
  expect(mlflow.asked.filter((one) => one.startsWith('POST'))).toEqual([]);
  expect((await only(['--write-back'])).out).toContain('7 values written back');
  const { model_version } = await mlflow.call(
    'GET',
    `model-versions/get?${new URLSearchParams({ name: NAME, version: '2' })}`,
  );
  expect(
    Object.fromEntries(
      model_version.tags.map(({ key, value }: { key: string; value: string }) => [key, value]),
    ),
  ).toEqual({
    'tiltmeter.accuracy': '0.75',
    'tiltmeter.drift': expect.any(String),
    'tiltmeter.incidents.open': expect.any(String),
    'tiltmeter.link': `${tilt.address}/models/credit-risk`,
  });
  const { run } = await mlflow.call('GET', `runs/get?run_id=${model_version.run_id}`);
  expect(run.data.metrics).toEqual(
    expect.arrayContaining([expect.objectContaining({ key: 'tiltmeter.accuracy', value: 0.75 })]),
  );
  mlflow.asked.length = 0;
  expect((await only(['--write-back'])).out).toContain('nothing new');
  expect(mlflow.asked.filter((one) => one.startsWith('POST'))).toEqual([]);
  const { body: versions } = await tilt.json('GET', '/api/v1/models/credit-risk/registered-versions');
  expect(Object.keys(versions.items[0].metrics)).toEqual(['test_accuracy', 'training_accuracy_score']);
});

test('a server does it by itself: what it brings over is what the command brings over, and a failure is told', async () => {
  const own = { credentials: { token: 't' }, writeBack: false, privateAddresses: true };
  const server = await startTestApp({ mlflow: { trackingUri: mlflow.address, ...own } });
  try {
    mlflow.fault = ({ headers }, response) => {
      const refused = headers.authorization !== 'Bearer t';
      if (refused) response.writeHead(401).end();
      return refused;
    };
    await server.app.runJob('mlflow');
    const { body: found } = await server.json('GET', '/api/v1/models/credit-risk/registered-versions');
    const { body: brought } = await tilt.json('GET', '/api/v1/models/credit-risk/registered-versions');
    const unseen = ({ seen_at: _, ...version }: Record<string, unknown>) => version;
    expect(found.items.map(unseen)).toEqual(brought.items.map(unseen));
    const { body: model } = await server.json('GET', '/api/v1/models/credit-risk');
    expect(model.reference.name).toBe('training data of MLflow version 2 (train.csv)');
    expect(await job(server)).toMatchObject({ last: { state: 'ok', rows: 256 } });

    mlflow.asked.length = 0;
    mlflow.fault = (_, response) => {
      response.writeHead(401).end();
      return true;
    };
    await server.app.runJob('mlflow');
    expect(mlflow.asked).toHaveLength(1);
    expect(await job(server)).toMatchObject({ verdict: 'failed', last: { state: 'fail', rows: 0 } });
  } finally {
    await server.stop();
  }
});

test('a server asks no private address unless it may', async () => {
  const own = { credentials: {}, writeBack: false, privateAddresses: false };
  const server = await startTestApp({ mlflow: { trackingUri: mlflow.address, ...own } });
  try {
    await server.app.runJob('mlflow');
    expect(mlflow.asked).toEqual([]);
    expect(await job(server)).toMatchObject({ verdict: 'failed' });
  } finally {
    await server.stop();
  }
});

async function job(server: TestApp) {
  const { body } = await server.json('GET', '/api/v1/heartbeats');
  return body.items.find((one: { job: string }) => one.job === 'mlflow-sync');
}

test('credentials that are wrong, and a server that is away: one line and what to do', async () => {
  const file = join(folder, 'password');
  writeFileSync(file, 'right\n');
  mlflow.fault = ({ headers }, response) => {
    const refused = headers.authorization !== `Basic ${Buffer.from('ann:right').toString('base64')}`;
    if (refused) response.writeHead(401, { 'www-authenticate': 'Basic' }).end('You are not authenticated.');
    return refused;
  };
  const wrong = await only([], { MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD: 'wrong' });
  expect(wrong).toMatchObject({ exit: 1, out: '' });
  expect(wrong.err).toMatch(
    /^tiltmeter: MLflow at \S+ refuses the credentials \(401\)\n {2}Give MLFLOW_TRACKING_TOKEN/,
  );
  const right = await only([], { MLFLOW_TRACKING_USERNAME: 'ann', MLFLOW_TRACKING_PASSWORD_FILE: file });
  expect(right.exit).toBe(0);
  const away = await only(['--tracking-uri', 'http://127.0.0.1:1']);
  expect(away).toMatchObject({ exit: 1, out: '' });
  expect(away.err).toMatch(/^tiltmeter: MLflow at http:\/\/127\.0\.0\.1:1 does not answer/);
  expect(await only(['--tracking-uri', 'sqlite:///mlflow.db'])).toMatchObject({ exit: 2 });
  expect(await only(['--tracking-uri', 'http://ann:right@127.0.0.1:1'])).toMatchObject({ exit: 2 });
  expect((await sync(['--model', 'nobody'])).err).toMatch(/^tiltmeter: MLflow (at|does not have it)/);
});
