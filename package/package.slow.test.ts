import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VERSION } from '../server/version.ts';

const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-package-'));
const KEY = 'package-admin-key-0123456789abcdef';

/** Somebody who has Node 24, and a registry of packages as it is set up here. */
const env: Record<string, string | undefined> = {
  ...process.env,
  NODE_ENV: undefined,
  NODE_OPTIONS: undefined,
  // Said to the script that runs the tests, not to this person's npm: what is packed is built before.
  npm_config_ignore_scripts: undefined,
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  TILTMETER_ADMIN_KEY: KEY,
};

/** Runs a command in the empty folder, or in another one. */
function run(command: string, args: readonly string[], cwd = folder) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(command, args, { cwd, env, maxBuffer: 16e6 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const rows = (n: number, high: number) =>
  [
    'id,amount,kind',
    ...Array.from({ length: n }, (_, i) => `${i},${(i * 37) % high},${i % 3 ? 'a' : 'b'}`),
  ].join('\n');

let server: ChildProcess | undefined;
beforeAll(async () => {
  const packed = await run('npm', ['pack', '--pack-destination', folder], ROOT);
  expect(packed.code, packed.stderr).toBe(0);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
  const installed = await run('npm', ['install', ...quiet, `./${tarball}`]);
  expect(installed.code, installed.stderr).toBe(0);
  writeFileSync(join(folder, 'training.csv'), rows(600, 100));
  writeFileSync(join(folder, 'current.csv'), rows(600, 500));
}, 300_000);

afterAll(async () => {
  if (server?.exitCode === null) {
    // The command runs below npx, which does not hand on every signal: both are of one group.
    process.kill(-server.pid!);
    await once(server, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

test('the installed command says its version, and nothing else', async () => {
  expect(await run('npx', ['tiltmeter', '--version'])).toEqual({
    code: 0,
    stdout: `${VERSION}\n`,
    stderr: '',
  });
});

test('it compares two tables', async () => {
  const { code, stdout, stderr } = await run('npx', [
    ...['tiltmeter', 'check', 'current.csv', '--reference', 'training.csv'],
  ]);
  expect(stderr).toBe('');
  expect(stdout).toContain('amount');
  expect(code).toBe(1);
});

test('it serves the dashboard, takes events and answers', async () => {
  server = spawn('npx', ['tiltmeter', 'serve', '--data', 'data', '--port', '0'], {
    cwd: folder,
    env,
    detached: true,
  });
  let address: string | undefined;
  for await (const line of createInterface({ input: server.stdout! })) {
    address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address !== undefined) break;
  }
  const page = await fetch(`${address}/`);
  const html = await page.text();
  const script = /src="([^"]+\.js)"/.exec(html)![1]!;
  expect((await fetch(new URL(script, address))).headers.get('content-type')).toMatch(/javascript/);
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const event = { model: 'm', id: 'a', features: { x: 1 } };
  const body = JSON.stringify([event]);
  const sent = await fetch(`${address}/api/v1/predictions`, { method: 'POST', headers, body });
  expect(await sent.json()).toMatchObject({ stored: 1 });
});
