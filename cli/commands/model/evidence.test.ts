import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { tiltmeter as command } from '../../terminal.testing.ts';

let server: TestApp;
let folder: string;
beforeAll(async () => {
  [server, folder] = [await startTestApp(), await mkdtemp(join(tmpdir(), 'tiltmeter-evidence-'))];
  await server.json('POST', '/api/v1/models', { id: 'loans', owner: 'risk@example.org' });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const tiltmeter = (...args: string[]) =>
  command(args, { TILTMETER_URL: server.address, TILTMETER_KEY: server.adminKey });

test('the pack holds what happened, and its checksums show a change', async () => {
  const { exit, out } = await tiltmeter('model', 'evidence', 'loans', '--out', folder);
  expect(out).toMatch(/Wrote 12 files and SHA256SUMS/);
  expect(exit).toBe(0);
  execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder });
  const audit = JSON.parse(await readFile(join(folder, 'audit.json'), 'utf8'));
  expect(audit).toContainEqual(expect.objectContaining({ target: expect.stringContaining('loans') }));
  const [saved, shown] = [
    await readFile(join(folder, 'card.md'), 'utf8'),
    (await tiltmeter('model', 'card', 'loans')).out,
  ];
  const timeless = (text: string) => text.trim().replace(/Made \S+/, '');
  expect(timeless(shown)).toBe(timeless(saved));
});

test('a model that is not there is named', async () => {
  const { exit, err } = await tiltmeter('model', 'evidence', 'none', '--out', folder);
  expect(exit).not.toBe(0);
  expect(err).toContain('none');
});
