import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRegistry } from './registry.ts';
import { matchSources } from './sources.ts';

/** Made by Feast 0.67, see fixtures/make.py. */
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));
const view = (name: string, features: string[]) => ({ name, features, keys: ['customer'], file: null });

test.each(['registry.db', 'dump.json'])('%s: views, features, keys and files', (name) => {
  const { views, unread } = readRegistry(fixture(name));
  expect(unread).toBe(0);
  expect(views.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    {
      name: 'bureau',
      features: ['income', 'country'],
      keys: ['customer'],
      file: expect.stringMatching(/bureau\.parquet$/),
    },
    {
      name: 'device',
      features: ['age', 'country'],
      keys: ['customer'],
      file: expect.stringMatching(/device\.parquet$/),
    },
  ]);
});

test.each([
  ['nothing', '', /neither/],
  ['a table', 'a,b\n1,2\n', /neither/],
  ['half a registry', fixture('registry.db').subarray(0, 700), /neither/],
  ['half a dump', '{"featureViews": [', /is none/],
])('%s is told in a sentence', (_, bytes, message) => {
  expect(() => readRegistry(Buffer.from(bytes))).toThrow(message);
});

test('a view of another shape is counted, and the others are read', () => {
  const dump = {
    featureViews: [{ spec: { features: 'x' } }, 7, { spec: { name: 'v', features: [{ name: 'a' }, {}] } }],
  };
  expect(readRegistry(Buffer.from(JSON.stringify(dump)))).toEqual({
    views: [{ name: 'v', features: ['a'], keys: [], file: null }],
    unread: 2,
  });
});

test('columns come from the view that has their feature, or that they name; others are as they were', () => {
  const before = [
    { name: 'gpu-3', kind: 'machine' as const },
    { name: 'bureau', kind: 'table' as const, columns: ['old'] },
  ];
  const views = [
    view('bureau', ['income', 'country']),
    view('device', ['age', 'country']),
    view('unused', ['x']),
  ];
  const columns = ['income', 'device__country', 'country', 'bureau__nothing', 'own'];
  const { sources, doubtful } = matchSources(before, columns, views);
  expect(sources).toEqual([
    { name: 'gpu-3', kind: 'machine' },
    { name: 'bureau', kind: 'feature_store', columns: ['income'] },
    { name: 'device', kind: 'feature_store', columns: ['device__country'] },
  ]);
  expect(doubtful).toEqual(['country']);
});
