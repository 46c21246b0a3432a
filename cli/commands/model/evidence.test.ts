import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { tiltmeter as command } from '../../terminal.testing.ts';
import { evidenceFolder } from './evidence-folder.ts';

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

test('what a server calls an incident leads no file out of the folder, nor breaks the list', async () => {
  const out = join(folder, 'inner', 'pack');
  const pack = evidenceFolder(out);
  for (const id of [
    '../../../outside',
    '/../../../../outside',
    '../card',
    '/x',
    'a\n0  b',
    '..\\..\\outside',
  ])
    await expect(pack.write(`incidents/${id}.md`, 'x'), id).rejects.toThrow('The server names a file');
  await pack.write('incidents/..a.md', 'x');
  expect(await pack.close()).toBe(1);
  expect(await readdir(join(folder, 'inner'))).toEqual(['pack']);
});

test('whatever a model is called, its pack is of the time that was asked for; without the audit log when that is said', async () => {
  const name = 'x of the events from 2020-01-01T00:00:00Z to 2020-01-02T00:00:00Z.';
  expect((await server.json('PATCH', '/api/v1/models/loans', { name })).status).toBe(200);
  const out = join(folder, 'named');
  const from = '2026-03-01T00:00:00.000Z';
  const { exit } = await tiltmeter('model', 'evidence', 'loans', '--from', from, '--out', out, '--no-audit');
  expect(exit).toBe(0);
  expect(JSON.parse(await readFile(join(out, 'quality.json'), 'utf8')).from).toBe(from);
  expect(await readdir(out)).not.toContain('audit.json');
});
