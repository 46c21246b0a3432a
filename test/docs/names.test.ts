import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../app.ts';
import { ROOT, sources } from '../conformance/sources.ts';

/** What the pages name in passing, beside what they tell people to type: scripts and addresses. */

const pages = [
  ...sources('.', /^(README|CONTRIBUTING)\.md$/),
  ...sources('docs', /\.(md|ya?ml)$/),
  ...sources('integrations', /\.(service|ya?ml|ts)$|Dockerfile$/),
];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app?.stop());

test('every npm script of the docs exists', () => {
  const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8');
  const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/npm run ([\w:]+)|npm (start|test)\b/g)].map(([, run, short]) => ({
      path,
      name: run ?? short!,
    })),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
});

test('every address of the docs exists, with its method', async () => {
  const { body } = await app.json<{ paths: Record<string, object> }>('GET', '/api/v1/openapi.json');
  /** `/api/v1/models/{model}` → `/api/v1/models/{}` */
  const shape = (path: string) => path.replace(/\{[^}]*\}/g, '{}');
  const known = new Map(
    Object.entries(body.paths).map(([path, methods]) => [shape(path), Object.keys(methods)]),
  );
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\b(GET|POST|PATCH|PUT|DELETE) (\/api\/v1\/[^\s`?)|,]+)/g)].map(
      ([, method, address]) => ({ path, method: method!.toLowerCase(), address: address! }),
    ),
  );
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter(({ method, address }) => !known.get(shape(address))?.includes(method));
  expect(missing).toEqual([]);
});
