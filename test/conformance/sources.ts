import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

const SKIPPED = /(^|\/)(node_modules|dist|\.git|coverage|tiltmeter-data)(\/|$)/;

export interface Source {
  /** Path from the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Files below a folder whose name matches, sorted by path. */
export function sources(folder: string, name: RegExp): Source[] {
  return files(folder)
    .filter((path) => name.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

export function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !SKIPPED.test(path))
    .sort();
}

export const CODE_FOLDERS = [
  'contract',
  'stats',
  'tables',
  'mapping',
  'registries',
  'server',
  'check',
  'agent',
  'cli',
  'clients',
  'web',
  'test',
  'bench',
];

/** All TypeScript of the product and its tests. */
export function code(): Source[] {
  const present = new Set(readdirSync(ROOT));
  return CODE_FOLDERS.filter((folder) => present.has(folder)).flatMap((folder) => sources(folder, /\.tsx?$/));
}

/** Tests, what only tests import, and benchmarks: not part of the product. */
export function isTest(path: string): boolean {
  return (
    /\.(test|testing|contract|bench)\.tsx?$/.test(path) ||
    /(^|\/)((testing|fixtures|test|bench)\/|test-[\w-]+\.ts$)/.test(path)
  );
}

/** Comments and string contents blanked out, so that prose does not count as code. */
export function withoutProse(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
}
