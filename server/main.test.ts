import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appOptions } from './main.ts';

test('flags win over the environment, the environment over what is usual', () => {
  expect(appOptions({}, {})).toMatchObject({ dataDir: './tiltmeter-data', host: '127.0.0.1', port: 8765 });
  const env = { TILTMETER_DATA: '/d', TILTMETER_PORT: '1', TILTMETER_HOST: '::1', TILTMETER_ADMIN_KEY: 'k' };
  expect(appOptions({}, env)).toMatchObject({ dataDir: '/d', port: 1, host: '::1', adminKey: 'k' });
  expect(appOptions({ port: '2', data: 'x', host: 'h' }, env)).toMatchObject({
    dataDir: 'x',
    port: 2,
    host: 'h',
  });
});

test('known ids: how long, how much memory, and whether others use the lake', () => {
  expect(appOptions({}, {})).toMatchObject({ sharedLake: undefined, limits: {} });
  const env = { TILTMETER_REPEAT_DAYS: '30', TILTMETER_REPEAT_MEMORY_MB: '64', TILTMETER_SHARED_LAKE: '0' };
  const limits = { repeatMs: 30 * 86_400_000, idBytes: 64 * 1024 * 1024 };
  expect(appOptions({}, env)).toMatchObject({ sharedLake: false, limits });
});

test.each([
  ['port', { TILTMETER_PORT: '80a' }],
  ['port', { TILTMETER_PORT: '65536' }],
  ['TILTMETER_LOG_LEVEL', { TILTMETER_LOG_LEVEL: 'loud' }],
  ['TILTMETER_LAKE_URL', { TILTMETER_LAKE_URL: 'tcp://host' }],
  ['TILTMETER_ADDRESS', { TILTMETER_ADDRESS: 'tiltmeter.example.org' }],
  ['TILTMETER_TRUSTED_PROXIES', { TILTMETER_TRUSTED_PROXIES: '10.0.0.1, everybody' }],
  ['TILTMETER_REPEAT_DAYS', { TILTMETER_REPEAT_DAYS: '0' }],
  ['TILTMETER_REPEAT_MEMORY_MB', { TILTMETER_REPEAT_MEMORY_MB: '1.5' }],
  ['TILTMETER_SHARED_LAKE', { TILTMETER_SHARED_LAKE: 'perhaps' }],
  ['TILTMETER_AUTO_CREATE_MODELS', { TILTMETER_AUTO_CREATE_MODELS: 'yes' }],
])('a wrong %s is named', (name, env) => {
  expect(() => appOptions({}, env)).toThrow(
    expect.objectContaining({ code: 'invalid_option', message: expect.stringContaining(name) }),
  );
});

test('serves until it is told to stop, and says each failure in one line', async () => {
  const root = mkdtempSync(join(tmpdir(), 'tiltmeter-main-'));
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--port', '0', ...args], {
      env: { TILTMETER_LOG_LEVEL: 'silent' },
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => (said.out += chunk));
    child.stderr.on('data', (chunk) => (said.err += chunk));
    return { child, said, exit: once(child, 'exit') };
  };
  const server = start('--data', root);
  while (!server.said.out.includes('/login#token=')) await once(server.child.stdout, 'data');
  expect(server.said.out).toMatch(
    /^Tiltmeter listens on http:\/\/127\.0\.0\.1:\d+\n(The dashboard is not built.*\n)?Sign in as admin/,
  );
  const second = start('--data', root);
  expect(await second.exit).toEqual([2, null]);
  expect(second.said.err.trimEnd().split('\n')).toEqual([
    `tiltmeter: ${root} is in use by another Tiltmeter (process ${server.child.pid})`,
    '  Stop the other process, or choose another folder with --data.',
  ]);
  server.child.kill('SIGTERM');
  expect(await server.exit).toEqual([0, null]);
  expect(server.said.err).toBe('');
  rmSync(root, { recursive: true, force: true });
});

test('a reader of the output that goes away does not take the service with it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tiltmeter-main-'));
  const args = [join(import.meta.dirname, 'main.ts'), '--port', '0', '--data', dir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    child.stdout.destroy();
    child.stderr.destroy();
    const address = /listens on (\S+)/.exec(String(first))![1]!;
    // The link that follows meets a closed pipe; so does whatever is logged.
    for (let i = 0; i < 20; i++) expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect(child.exitCode).toBeNull();
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(dir, { recursive: true, force: true });
  }
});
