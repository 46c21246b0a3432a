import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sbom } from '../../package/sbom.ts';
import { type Lock, nameOf, places } from '../../package/shipped.ts';
import { installedOtherwise, NO_HASH_KNOWN, withoutIntegrity, wrongNode } from '../../package/verify-lock.ts';
import { ROOT } from './sources.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const lock = (JSON.parse(read('package-lock.json')) as { packages: Lock }).packages;
const where = places(lock, read('docs/dependencies.md'));
const shipped = Object.keys(lock).filter((path) => path !== '' && where.get(path) !== 'tools');

/** Those that ask for no more than a notice. */
const MAY_BE_HANDED_ON = new Set([
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    '0BSD',
    'Unlicense',
    'OFL-1.1',
  ],
  ...['MIT OR Apache-2.0', '(MIT OR CC0-1.0)'],
]);

test('every download is checked against a hash of the lock file, but for engines that could not be had', () => {
  expect(withoutIntegrity(lock)).toEqual(NO_HASH_KNOWN);
  expect(withoutIntegrity({ 'node_modules/a': { version: '1.0.0' } })).toEqual(['node_modules/a']);
});

test('what is installed is what the lock file has, and the Node that runs it is the known one', () => {
  expect(installedOtherwise(lock, ROOT)).toEqual([]);
  expect(wrongNode(ROOT)).toBeUndefined();
});

test('what is handed on has a licence that allows it', () => {
  const others = shipped.filter((path) => !MAY_BE_HANDED_ON.has(lock[path]!.license ?? ''));
  expect(others.map((path) => `${path} ${lock[path]!.license}`)).toEqual([]);
  for (const name of ['chdb', 'fastify', 'react', 'echarts', 'zrender'])
    expect(shipped.map(nameOf)).toContain(name);
  expect(shipped.map(nameOf)).not.toContain('vite');
});

test('the bill of materials names all of it, each with its hash and licence, and nothing else', () => {
  const made = sbom();
  expect(made).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'tiltmeter' } } });
  const named = made.components.map(({ name, version }) => `${name}@${version}`);
  const known = new Set(shipped.map((path) => `${nameOf(path)}@${lock[path]!.version}`));
  expect(new Set(named)).toEqual(known);
  for (const { name, hashes, licenses } of made.components) {
    expect(licenses, name).toHaveLength(1);
    if (NO_HASH_KNOWN.includes(`node_modules/${name}`)) continue;
    expect(hashes?.[0], name).toMatchObject({
      alg: 'SHA-512',
      content: expect.stringMatching(/^[0-9a-f]{128}$/),
    });
  }
});

test('the table of the ASVS counts its rows rightly, and what it shows is there', () => {
  const page = read('docs/asvs.md');
  const said = [...page.matchAll(/^\| [\d.].*? \| (holds|part|no|operator|n\/a) \|/gm)].map(
    ([, word]) => word!,
  );
  const counts = ['holds', 'part', 'no', 'operator', 'n/a'].map(
    (word) => said.filter((each) => each === word).length,
  );
  expect(page).toContain(`| rows below | ${counts.join(' | ')} |`);
  const all = page + read('SECURITY.md') + read('docs/findings.md');
  const paths = [...all.matchAll(/`([\w-]+(?:\/[\w.-]+)+)`/g)].map(([, path]) => path!);
  expect(paths.length).toBeGreaterThan(60);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
