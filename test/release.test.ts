import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { NAMESPACE, provenance, seal } from '../package/release.ts';

const root = mkdtempSync(join(tmpdir(), 'tiltmeter-release-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const verify = (folder: string, namespace = NAMESPACE) =>
  execFileSync(
    'ssh-keygen',
    [
      ...['-Y', 'verify', '-f', join(root, 'allowed_signers'), '-I', 'releases', '-n', namespace],
      ...['-s', join(folder, 'SHA256SUMS.sig')],
    ],
    { input: readFileSync(join(folder, 'SHA256SUMS')), stdio: ['pipe', 'pipe', 'pipe'] },
  );
const check = (folder: string) =>
  execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' });

test('what was released can be checked: by whom, and that nothing was changed', () => {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(root, 'key')]);
  writeFileSync(join(root, 'allowed_signers'), `releases ${readFileSync(join(root, 'key.pub'), 'utf8')}`);
  const folder = join(root, 'release');
  mkdirSync(folder);
  writeFileSync(join(folder, 'tiltmeter-1.0.0.tgz'), 'the package');
  expect(seal(folder, join(root, 'key'))).toEqual(['tiltmeter-1.0.0.tgz']);
  expect(verify(folder).toString()).toMatch(/^Good "tiltmeter-release" signature for releases/);
  check(folder);
  expect(() => verify(folder, 'git')).toThrow();
  writeFileSync(join(folder, 'tiltmeter-1.0.0.tgz'), 'another package');
  expect(() => check(folder)).toThrow();
  // with the sums made anew the signature does not hold
  seal(folder);
  check(folder);
  expect(() => verify(folder)).toThrow();
});

test('where the files come from is said of each of them by its hash', () => {
  const source = {
    version: '1.0.0',
    commit: 'c0ffee',
    lock: 'abc',
    node: 'v24.0.0',
    at: '2026-11-26T00:00:00.000Z',
  };
  writeFileSync(join(root, 'a.tgz'), 'a');
  const sha256 = createHash('sha256').update('a').digest('hex');
  expect(provenance(root, ['a.tgz'], source)).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'a.tgz', digest: { sha256 } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        resolvedDependencies: [{ digest: { gitCommit: 'c0ffee' } }, { digest: { sha256: 'abc' } }],
      },
    },
  });
});
