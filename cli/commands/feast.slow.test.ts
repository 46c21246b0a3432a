import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { run } from '../run.ts';

const REGISTRY = join(import.meta.dirname, '../../registries/feast/fixtures/registry.db');
const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-feast-'));
let tilt: TestApp;
beforeAll(async () => {
  tilt = await startTestApp();
  const columns = { income: 'numeric', device__age: 'numeric', country: 'categorical', own: 'numeric' };
  await tilt.json('POST', '/api/v1/models', {
    id: 'loans',
    sources: [{ name: 'gpu-3', kind: 'machine' }],
    columns: Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, { type }])),
  });
});
afterAll(async () => {
  await tilt.stop();
  rmSync(folder, { recursive: true });
});

async function feast(...args: string[]) {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => new PassThrough().on('data', (chunk) => (written[name] += chunk));
  const env = { TILTMETER_URL: tilt.address, TILTMETER_KEY: tilt.adminKey };
  const exit = await run(['feast', 'import', ...args], {
    ...{ env, clock: Date.now, stdout: stream('out'), stderr: stream('err') },
  });
  return { exit, ...written };
}

test('views become sources with the columns that come from them, and stand in the lineage; again changes nothing', async () => {
  for (let i = 0; i < 2; i++) {
    const { exit, out, err } = await feast(REGISTRY, '--model', 'loans');
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('loans: 2 views of Feast are sources.\n  bureau: income\n  device: device__age\n');
    expect(out).toContain('Features that several views have, so that their columns have no source: country.');
  }
  const { body } = await tilt.json('GET', '/api/v1/lineage?model=loans');
  expect(body.edges).toEqual(
    expect.arrayContaining([
      { from: 'source/gpu-3', to: 'model/loans', columns: null },
      { from: 'source/bureau', to: 'model/loans', columns: ['income'] },
      { from: 'source/device', to: 'model/loans', columns: ['device__age'] },
    ]),
  );
});

test('rows of the offline store become a reference that nobody compares with until told to', async () => {
  const file = join(folder, 'bureau.csv');
  const rows = Array.from({ length: 30 }, (_, i) => `${i},${i / 2},FR,2026-01-01T00:00:00Z`);
  writeFileSync(file, ['customer,income,country,event_timestamp', ...rows].join('\n'));
  const dump = join(folder, 'dump.json');
  const spec = (name: string, feature: string, uri: string) => ({
    spec: {
      name,
      entities: ['customer'],
      features: [{ name: feature }],
      batchSource: { name, fileOptions: { uri } },
    },
  });
  writeFileSync(
    dump,
    JSON.stringify({
      featureViews: [
        spec('bureau', 'income', `file://${file}`),
        spec('device', 'own', '/nowhere/device.parquet'),
      ],
    }),
  );
  const { exit, out } = await feast(dump, '--model', 'loans', '--references');
  expect(exit).toBe(0);
  expect(out).toContain('reference "Feast bureau (bureau.csv)"');
  expect(out).toContain(
    'The rows of device are no reference: there is no file /nowhere/device.parquet here.',
  );
  const { body } = await tilt.json('GET', '/api/v1/models/loans/references');
  expect(body.items).toMatchObject([
    { name: 'Feast bureau (bureau.csv)', default: false, columns: { used: 2 } },
  ]);
  expect((await feast(dump, '--model', 'loans', '--references')).out).not.toContain('reference "');
});

test('a file that is no registry, and a model that there is not: one line', async () => {
  const file = join(folder, 'x.db');
  writeFileSync(file, 'a,b\n1,2\n');
  expect(await feast(file, '--model', 'loans')).toMatchObject({
    exit: 2,
    out: '',
    err: expect.stringMatching(/x\.db is no registry of Feast: it is neither/),
  });
  expect(await feast('/nowhere', '--model', 'loans')).toMatchObject({ exit: 2 });
  expect(await feast(REGISTRY, '--model', 'nobody')).toMatchObject({ exit: 1, out: '' });
});
