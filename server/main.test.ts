import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appOptions, serve } from './main.ts';

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

test('where MLflow is: an address without a password, and credentials beside it', () => {
  expect(appOptions({}, {}).mlflow).toBeUndefined();
  const env = { TILTMETER_MLFLOW_URL: 'https://mlflow.example.org', TILTMETER_MLFLOW_USER: 'ann' };
  expect(
    appOptions({}, { ...env, TILTMETER_MLFLOW_PASSWORD: 'p', TILTMETER_MLFLOW_WRITE_BACK: '1' }).mlflow,
  ).toEqual({
    trackingUri: 'https://mlflow.example.org',
    credentials: { token: undefined, user: 'ann', password: 'p' },
    writeBack: true,
    privateAddresses: false,
  });
  for (const wrong of ['mlflow:5000', 'sqlite:///mlflow.db', 'https://ann:p@mlflow.example.org'])
    expect(() => appOptions({}, { TILTMETER_MLFLOW_URL: wrong })).toThrow(
      /TILTMETER_MLFLOW_URL must be like/,
    );
});

test('how long people stay signed in', () => {
  expect(appOptions({}, {}).session).toEqual({});
  const env = { TILTMETER_SESSION_IDLE_HOURS: '1', TILTMETER_SESSION_HOURS: '12' };
  expect(appOptions({}, env).session).toEqual({ idleMs: 3_600_000, maxMs: 43_200_000 });
});

test('how many connections may be open', () => {
  const env = { TILTMETER_CONNECTIONS: '100', TILTMETER_CONNECTIONS_PER_ADDRESS: '10' };
  expect(appOptions({}, env).connections).toEqual({ most: 100, mostOfAddress: 10 });
});

test('an admin key of the environment that could be guessed is refused with a sentence', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tiltmeter-short-'));
  const start = serve(
    { data: join(dir, 'data'), port: 0 },
    { TILTMETER_ADMIN_KEY: 'a-key-of-thirty-one-characters-' },
    () => {},
  );
  await expect(start).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringMatching(
      /at least 32 characters, and has 31\. Make one with "openssl rand -base64 24"/,
    ),
  });
  rmSync(dir, { recursive: true });
});

test('a variable may be a file, of which the last line need not end; the variable itself wins; an empty file is refused', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tiltmeter-file-'));
  const file = join(dir, 'key');
  writeFileSync(file, 'a key of a file\n');
  expect(appOptions({}, { TILTMETER_ADMIN_KEY_FILE: file }).adminKey).toBe('a key of a file');
  expect(appOptions({}, { TILTMETER_LEDGER_URL_FILE: file }).ledgerUrl).toBe('a key of a file');
  const both = { TILTMETER_ADMIN_KEY: 'said', TILTMETER_ADMIN_KEY_FILE: file };
  expect(appOptions({}, both).adminKey).toBe('said');
  writeFileSync(file, '\n');
  for (const name of ['TILTMETER_ADMIN_KEY_FILE', 'TILTMETER_SECRET_KEY_FILE', 'TILTMETER_LEDGER_URL_FILE'])
    expect(() => appOptions({}, { [name]: file })).toThrow(`${name} is empty`);
  rmSync(dir, { recursive: true });
});

test.each([
  ['TILTMETER_ADMIN_KEY_FILE', { TILTMETER_ADMIN_KEY_FILE: '/there/is/none' }],
  ['TILTMETER_CONNECTIONS', { TILTMETER_CONNECTIONS: '-1' }],
  ['TILTMETER_SESSION_HOURS', { TILTMETER_SESSION_HOURS: '0' }],
  ['TILTMETER_SESSION_IDLE_HOURS', { TILTMETER_SESSION_IDLE_HOURS: 'long' }],
  ['TILTMETER_GRPC_PORT', { TILTMETER_GRPC_PORT: 'on' }],
  ['TILTMETER_PROMETHEUS_URL', { TILTMETER_PROMETHEUS_URL: 'prometheus:9090' }],
  [
    'TILTMETER_PROMETHEUS_QUERIES',
    { TILTMETER_PROMETHEUS_URL: 'http://p:9090', TILTMETER_PROMETHEUS_QUERIES: '[{"id":"A"}]' },
  ],
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
  const entries = { server: ['main.ts'], cli: ['../cli/main.ts', 'serve'] };
  const start = (entry: keyof typeof entries, ...args: string[]) => {
    const [file, ...command] = entries[entry] as [string, ...string[]];
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, file), ...command, '--port', '0', ...args],
      {
        env: { TILTMETER_LOG_LEVEL: 'silent', TILTMETER_GRPC_PORT: '0' },
      },
    );
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => (said.out += chunk));
    child.stderr.on('data', (chunk) => (said.err += chunk));
    return { child, said, exit: once(child, 'exit') };
  };
  const server = start('cli', '--data', root);
  while (!server.said.out.includes('/login#token=')) await once(server.child.stdout, 'data');
  expect(server.said.out).toMatch(
    /^Tiltmeter listens on http:\/\/127\.0\.0\.1:\d+\nOTLP over gRPC: port \d+\n(The dashboard is not built.*\n)?Sign in as admin/,
  );
  const second = start('server', '--data', root);
  expect(await second.exit).toEqual([2, null]);
  expect(second.said.err.trimEnd().split('\n')).toEqual([
    `tiltmeter: ${root} is in use by another Tiltmeter (process ${server.child.pid})`,
    '  Stop the other process, or choose another folder with --data.',
  ]);
  // What it wrote is its owner's alone, whatever the mask of who started it.
  for (const file of ['ledger.db', 'secret.key', 'server.json'])
    expect([file, statSync(join(root, file)).mode & 0o077]).toEqual([file, 0]);
  const [, address, token] = /listens on (\S+).*#token=(\S+)/s.exec(server.said.out)!;
  const signedIn = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  expect(signedIn.status).toBe(200);
  server.child.kill('SIGTERM');
  expect(await server.exit).toEqual([0, null]);
  expect(server.said.err).toBe('');
  // Whoever starts it again, on another machine perhaps, learns how to get in.
  const later = start('server', '--data', root);
  while (!later.said.out.includes('login-link')) await once(later.child.stdout, 'data');
  expect(later.said.out).not.toContain('#token=');
  later.child.kill('SIGTERM');
  expect(await later.exit).toEqual([0, null]);
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
    expect(statSync(join(dir, 'ledger.db')).mode & 0o077).toBe(0);
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(dir, { recursive: true, force: true });
  }
});
