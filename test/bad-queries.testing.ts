import { afterAll, beforeAll, expect } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

/** What is asked of a server in ways that nobody means. */

export const MODEL = 'asked';
export const HOSTILE = [
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

export let tilt: TestApp;
/** Every GET route that the API documents. */
export let paths: [path: string, parameters: Parameter[]][];

beforeAll(async () => {
  tilt = await startTestApp();
  const settings = { task: 'binary', segments: ['country', 'variant'], protected: ['country'] };
  await tilt.json('POST', '/api/v1/models', { id: MODEL, ...settings });
  const rows = Array.from({ length: 300 }, (_, i) => ({
    model: MODEL,
    id: `p${i}`,
    time: Date.UTC(2026, 0, 1) + i * 1_200_000,
    features: { age: i, country: i % 2 ? 'FR' : 'DE' },
    prediction: i % 2,
    score: i / 300,
    version: `${i % 2}`,
    variant: 'ab'[i % 2],
    attributions: { age: i / 300, country: -0.5 },
  }));
  await tilt.json('POST', '/api/v1/predictions', rows);
  await tilt.json('POST', '/api/v1/labels', [
    ...rows.map(({ id }, i) => ({ model: MODEL, id, label: (i >> 1) % 2 })),
  ]);
  const sold = rows.slice(0, 50).map(({ id }) => ({ model: MODEL, metric: 'sold', value: 1, id }));
  await tilt.json('POST', '/api/v1/outcomes', sold);
  await tilt.app.runJob('models');
  const { body } = await tilt.json('GET', '/api/v1/openapi.json');
  paths = Object.entries(body.paths as Record<string, { get?: { parameters?: Parameter[] } }>).flatMap(
    ([path, { get }]) => (get === undefined ? [] : [[path, get.parameters ?? []] as [string, Parameter[]]]),
  );
});
afterAll(() => tilt.stop());

/** A path of the API with names in the place of its parameters. */
export const filled = (path: string) =>
  path
    .replace('{model}', MODEL)
    .replace('{column}', 'age')
    .replace(/\{\w+\}/g, 'p1');

/** Those addresses that are answered with a 5xx. */
export async function statuses(addresses: readonly string[]): Promise<string[]> {
  const broken: string[] = [];
  for (const address of addresses) {
    const { status } = await tilt.json('GET', address);
    if (status >= 500) broken.push(`${status} ${address}`);
  }
  return broken;
}

/** Every query parameter with those hostile values that are `chosen`, by the place of the parameter and of the value. */
export function hostileQueries(chosen: (parameter: number, value: number) => boolean): string[] {
  const queries = paths.flatMap(([path, parameters]) =>
    parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => `${filled(path)}?${name}=`),
  );
  expect(queries.length).toBeGreaterThan(20);
  return queries.flatMap((query, p) =>
    HOSTILE.filter((_, v) => chosen(p, v)).map((value) => query + encodeURIComponent(value.toWellFormed())),
  );
}
