import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

/**
 * No input reaches a 500: every query parameter of every GET route that the API documents, with values that nobody
 * means; and bodies with moments beyond every calendar.
 */
const MODEL = 'asked';
const HOSTILE = [
  '9000000000000000',
  '-9000000000000000',
  '8640000000000001',
  '253402300800000',
  '-1',
  '0',
  '1e400',
  '0.5',
  'NaN',
  '',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-02-31T00:00:00Z',
  'null',
  '[]',
  '{}',
  '%00',
  '\u0000',
  '\ud83d',
  '🦉',
  "'; drop table x; --",
  '__proto__',
  'x'.repeat(2000),
  Buffer.from('[9000000000000000,"a"]').toString('base64url'),
  Buffer.from('[-9000000000000000,"a"]').toString('base64url'),
  Buffer.from('{"a":1}').toString('base64url'),
];

interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path';
}

let tilt: TestApp;
let paths: [path: string, parameters: Parameter[]][];

beforeAll(async () => {
  tilt = await startTestApp();
  const rows = Array.from({ length: 300 }, (_, i) => ({
    model: MODEL,
    id: `p${i}`,
    time: Date.UTC(2026, 0, 1) + i * 1_200_000,
    features: { age: i, country: i % 2 ? 'FR' : 'DE' },
    prediction: i % 3,
    score: i / 300,
  }));
  await tilt.json('POST', '/api/v1/predictions', rows);
  await tilt.json('POST', '/api/v1/labels', [{ model: MODEL, id: 'p1', label: 1 }]);
  await tilt.app.runJob('models');
  const { body } = await tilt.json('GET', '/api/v1/openapi.json');
  paths = Object.entries(body.paths as Record<string, { get?: { parameters?: Parameter[] } }>).flatMap(
    ([path, { get }]) => (get === undefined ? [] : [[path, get.parameters ?? []] as [string, Parameter[]]]),
  );
});
afterAll(() => tilt.stop());

const filled = (path: string) =>
  path
    .replace('{model}', MODEL)
    .replace('{column}', 'age')
    .replace(/\{\w+\}/g, 'p1');

async function statuses(addresses: readonly string[]): Promise<string[]> {
  const broken: string[] = [];
  for (const address of addresses) {
    const { status } = await tilt.json('GET', address);
    if (status >= 500) broken.push(`${status} ${address}`);
  }
  return broken;
}

test('every query parameter with every hostile value', async () => {
  const addresses = paths.flatMap(([path, parameters]) =>
    parameters
      .filter((parameter) => parameter.in === 'query')
      .flatMap(({ name }) =>
        HOSTILE.map((value) => `${filled(path)}?${name}=${encodeURIComponent(value.toWellFormed())}`),
      ),
  );
  expect(addresses.length).toBeGreaterThan(500);
  expect(await statuses(addresses)).toEqual([]);
});

test('every parameter of a path with every hostile value', async () => {
  const addresses = paths.flatMap(([path]) =>
    [...path.matchAll(/\{(\w+)\}/g)].flatMap(([braces]) =>
      HOSTILE.filter((value) => value !== '').map((value) =>
        filled(path.replace(braces, encodeURIComponent(value.toWellFormed()))),
      ),
    ),
  );
  expect(await statuses(addresses)).toEqual([]);
});

test('a range of all of time, and one that ends before it begins', async () => {
  const ranges = ['from=0&to=7258118399999', 'from=7258118399998&to=7258118399999', 'from=100&to=1'];
  const addresses = paths
    .filter(([, parameters]) => parameters.some(({ name }) => name === 'from'))
    .flatMap(([path]) => ranges.map((range) => `${filled(path)}?${range}`));
  expect(addresses.length).toBeGreaterThan(9);
  expect(await statuses(addresses)).toEqual([]);
});

test.each([
  { kind: 'fixed', name: 'far', from: 0, to: 9_000_000_000_000_000 },
  { kind: 'fixed', name: 'before', from: -9_000_000_000_000_000, to: 0 },
  { kind: 'fixed', name: 'text', from: '0000-01-01T00:00:00Z', to: '9999-12-31T00:00:00Z' },
  { kind: 'rolling', name: 'wide', window_ms: 9_000_000_000_000_000 },
  { kind: 'rolling', name: 'off', window_ms: 1, offset_ms: 9_000_000_000_000_000 },
])('a reference beyond every calendar is refused and harms no other: $name', async (reference) => {
  const made = await tilt.json('POST', `/api/v1/models/${MODEL}/references`, reference);
  expect(made).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
  expect((await tilt.json('GET', `/api/v1/models/${MODEL}/references`)).status).toBe(200);
});

test('a reference that an older version stored beyond every calendar is listed all the same', async () => {
  const { ledger } = tilt.app.ctx;
  const options = JSON.stringify({ from: 0, to: 9_000_000_000_000_000 });
  const row = { id: 'old', model: MODEL, name: 'old', kind: 'fixed' as const, options };
  await ledger
    .insertInto('references')
    .values({ ...row, created_by: 'x', created_at: 0 })
    .execute();
  expect((await tilt.json('GET', `/api/v1/models/${MODEL}/references`)).status).toBe(200);
});
