import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { code, isTest, ROOT } from './sources.ts';

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<
    string,
    { resolved?: string; version?: string; optionalDependencies?: Record<string, string> }
  >;
};
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

test('the lock file works with any mirror: it names no host to download from', () => {
  const hosts = Object.values(lock.packages).filter(({ resolved }) => resolved?.startsWith('http'));
  expect(hosts).toEqual([]);
});

test('the lock file has the packages of other platforms, so that "npm ci" takes it everywhere', () => {
  // npm leaves out what a mirror does not carry, and then refuses the file it wrote itself
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages),
    ),
  );
  expect(missing).toEqual([]);
});

test('the engine is pinned to one version', () => {
  expect(manifest.dependencies.chdb).toMatch(/^\d+\.\d+\.\d+$/);
});

test('every dependency has its reason in docs/dependencies.md, and every reason its dependency', () => {
  const page = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8');
  const explained = [...page.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name]) => name!);
  const installed = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
  expect(explained.sort()).toEqual(installed.filter((name) => !name.startsWith('@types/')).sort());
});

test('the changelog has this version', () => {
  expect(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')).toContain(`## ${manifest.version}`);
});

test('the ten longest files are known', () => {
  const longest = code()
    .filter(({ path }) => !isTest(path))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
    .sort((a, b) => b.lines - a.lines);
  console.log(
    longest
      .slice(0, 10)
      .map(({ path, lines }) => `${String(lines).padStart(5)} ${path}`)
      .join('\n'),
  );
  // a file this long does more than one thing
  expect(longest.filter(({ lines }) => lines > 400)).toEqual([]);
  const long = longest.filter(({ lines }) => lines > 250).length;
  expect(long / longest.length).toBeLessThan(0.1);
});

test('every file that runs in a process or thread of its own is part of the package', () => {
  const { files } = JSON.parse(readFileSync(join(ROOT, 'package/tsconfig.json'), 'utf8')) as {
    files: string[];
  };
  const packed = files.map((path) => relative(ROOT, join(ROOT, 'package', path)));
  const named = code()
    .filter(({ path }) => !isTest(path) && /^(server|check|tables|mapping|stats|cli)\//.test(path))
    .flatMap(({ path, text }) =>
      [
        ...text.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g),
      ].map(([, file]) => join(dirname(path), file!)),
    );
  expect(named).not.toEqual([]);
  expect(named.filter((path) => !packed.includes(path))).toEqual([]);
});

test('Node itself reads every file: the test runner and the type checker take what it refuses', () => {
  const refused = code()
    .filter(({ path }) => path.endsWith('.ts'))
    .flatMap(({ path, text }) => {
      try {
        stripTypeScriptTypes(text);
        return [];
      } catch (error) {
        return [`${path}: ${(error as Error).message}`];
      }
    });
  expect(refused).toEqual([]);
});
