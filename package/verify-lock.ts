import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lock, nameOf } from './shipped.ts';

const ROOT = join(import.meta.dirname, '..');

/**
 * SHA-256 of the Node that a checkout is run with, by version and platform. Its package fetches it in an install script, past the lock file: so
 * it is looked at here.
 */
const NODE: Readonly<Record<string, string>> = {
  '24.21.0 linux-x64': '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c',
};

/**
 * The engine for other platforms: the registry by which the lock file is kept does not carry them, so their hashes are not known here. On
 * those platforms npm takes what its registry says; install there once, and put the hash that npm writes into the lock file.
 */
export const NO_HASH_KNOWN: readonly string[] = [
  'node_modules/@chdb/lib-darwin-arm64',
  'node_modules/@chdb/lib-darwin-x64',
  'node_modules/@chdb/lib-linux-arm64-gnu',
];

/** Packages of the lock file that have no SHA-512 to check a download against. */
export function withoutIntegrity(lock: Lock): string[] {
  return Object.entries(lock).flatMap(([path, { integrity = '' }]) =>
    path === '' || /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity) ? [] : [path],
  );
}

/** What is installed in another version than the lock file has, or is there though it has none. Packages of other platforms may lack. */
export function installedOtherwise(lock: Lock, folder: string): string[] {
  return Object.entries(lock).flatMap(([path, { version }]) => {
    const file = join(folder, path, 'package.json');
    if (path === '' || !existsSync(file)) return [];
    const found = JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string };
    return found.version === version ? [] : [`${nameOf(path)}: ${found.version}, not ${version}`];
  });
}

/** What is wrong with the Node of a checkout; undefined when it is the one that is known, or none is known of this platform. */
export function wrongNode(folder: string): string | undefined {
  const file = join(folder, 'node_modules/node/bin/node');
  if (!existsSync(file)) return undefined;
  const manifest = JSON.parse(readFileSync(join(folder, 'node_modules/node/package.json'), 'utf8')) as {
    version: string;
  };
  const known = NODE[`${manifest.version} ${process.platform}-${process.arch}`];
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
  return known === undefined || known === hash ? undefined : `${file} has SHA-256 ${hash}, not ${known}`;
}

if (import.meta.main) {
  const lock = (JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Lock })
    .packages;
  const unknown = withoutIntegrity(lock);
  const wrong = [
    ...unknown.filter((path) => !NO_HASH_KNOWN.includes(path)).map((path) => `${path} has no SHA-512`),
    ...installedOtherwise(lock, ROOT),
    ...[wrongNode(ROOT)].filter((each) => each !== undefined),
  ];
  for (const line of wrong) console.error(line);
  console.log(
    `${Object.keys(lock).length - 1} packages, ${wrong.length} wrong; without a known hash: ${unknown.join(', ')}`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
