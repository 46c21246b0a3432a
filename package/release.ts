import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sbom } from './sbom.ts';

const ROOT = join(import.meta.dirname, '..');
/** What the signature is of: one for another purpose counts for nothing here. */
export const NAMESPACE = 'tiltmeter-release';

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: ROOT, encoding: 'utf8' }).trim();
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

export interface Source {
  readonly version: string;
  readonly commit: string;
  /** SHA-256 of package-lock.json: all that the build was made with. */
  readonly lock: string;
  readonly node: string;
  /** RFC 3339. */
  readonly at: string;
}

/**
 * Where the files of a folder come from, as an in-toto statement with SLSA provenance 1: of which commit, with which lock file, by which
 * Node. Worth as much as the signature over it.
 */
export function provenance(folder: string, files: readonly string[], source: Source): object {
  const { version, commit, lock, node, at } = source;
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map((name) => ({ name, digest: { sha256: sha256(join(folder, name)) } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'package/release.ts',
        externalParameters: { version },
        resolvedDependencies: [
          { uri: 'git+tiltmeter', digest: { gitCommit: commit } },
          { uri: 'package-lock.json', digest: { sha256: lock } },
        ],
      },
      runDetails: { builder: { id: `node ${node}` }, metadata: { finishedOn: at } },
    },
  };
}

/** Writes SHA256SUMS of a folder's files, and, with a key, its signature beside it. Returns their names. */
export function seal(folder: string, key?: string): string[] {
  const files = readdirSync(folder).filter((name) => !name.startsWith('SHA256SUMS'));
  const sums = join(folder, 'SHA256SUMS');
  writeFileSync(sums, files.map((name) => `${sha256(join(folder, name))}  ${name}\n`).join(''));
  if (key !== undefined) run('ssh-keygen', '-q', '-Y', 'sign', '-f', key, '-n', NAMESPACE, sums);
  return files;
}

/** Makes `release/`: the package, its bill of materials, where they come from, sums of all three, and a signature. */
function release(key: string | undefined): void {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  if (run('git', 'status', '--porcelain') !== '') throw new Error('there are changes that are not committed');
  if (!readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').includes(`## ${version} (2`))
    throw new Error(`CHANGELOG.md has no date of ${version}: "## ${version} (2026-12-31)"`);
  run('node', 'package/verify-lock.ts');
  const folder = join(ROOT, 'release');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  run('npm', 'pack', '--pack-destination', folder);
  writeFileSync(join(folder, `tiltmeter-${version}.cdx.json`), `${JSON.stringify(sbom(), null, 2)}\n`);
  const made = provenance(folder, readdirSync(folder), {
    version,
    commit: run('git', 'rev-parse', 'HEAD'),
    lock: sha256(join(ROOT, 'package-lock.json')),
    node: process.version,
    at: new Date().toISOString(),
  });
  writeFileSync(join(folder, `tiltmeter-${version}.intoto.json`), `${JSON.stringify(made, null, 2)}\n`);
  seal(folder, key);
  console.log(`${folder}${key === undefined ? ', not signed: --key FILE' : ''}`);
}

if (import.meta.main) release(parseArgs({ options: { key: { type: 'string' } } }).values.key);
