import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { METRICS } from '../../docs/generate/metrics.ts';
import { ROOT, sources } from './sources.ts';

const EXPORTED = new Set(
  sources('stats', /(?<!\.test)\.ts$/).flatMap(({ text }) =>
    [...text.matchAll(/^export function (\w+)/gm)].map(([, name]) => name!),
  ),
);

test.each(METRICS)('$id: its file, its test and what its page calls exist', ({ file, call }) => {
  expect(existsSync(join(ROOT, 'stats', file)), file).toBe(true);
  expect(existsSync(join(ROOT, 'stats', file.replace(/\.ts$/, '.test.ts'))), `test of ${file}`).toBe(true);
  const named = [...call.matchAll(/(\w+)\(/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !EXPORTED.has(name))).toEqual([]);
});

test('ids are used once', () => {
  expect(new Set(METRICS.map(({ id }) => id)).size).toBe(METRICS.length);
});
