import { existsSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { linkToken } from '../../test/link-token.ts';
import { tiltmeter } from '../terminal.testing.ts';

let folder: string;
let server: TestApp;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-login-'));
  server = await startTestApp({ dataDir: join(folder, 'data') });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const link = () => tiltmeter(['login-link', '--data', join(folder, 'data')]);
const signIn = (url: string) => server.json('POST', '/api/v1/session', { token: linkToken(url) }, null);

test('while the server runs: a link to where it listens, which signs in', async () => {
  const { exit, out, err } = await link();
  expect([exit, err]).toEqual([0, '']);
  expect(out).toMatch(new RegExp(`^${server.address}/login#token=`));
  expect((await signIn(out.trim())).body.user.role).toBe('admin');
});

test('a key in the environment that may not make links keeps nobody from the folder', async () => {
  const { body } = await server.json('POST', '/api/v1/keys', { name: 'sender', scopes: ['write'] });
  const key = { TILTMETER_KEY: body.secret, TILTMETER_URL: server.address };
  for (const [args, env] of [
    [['--data', join(folder, 'data')], {}],
    [[], { TILTMETER_DATA: join(folder, 'data') }],
  ] as const) {
    const { exit, out } = await tiltmeter(['login-link', ...args], { ...key, ...env });
    expect([exit, out]).toEqual([0, expect.stringMatching(/\/login#token=/)]);
  }
  const elsewhere = await tiltmeter(['login-link'], { ...key, TILTMETER_DATA: join(folder, 'typo') });
  expect([elsewhere.exit, elsewhere.err]).toEqual([1, expect.stringContaining('not_allowed')]);
});

test('only the owner of the folder may read the token, and it is in the audit log', async () => {
  expect(statSync(join(folder, 'data/server.json')).mode & 0o777).toBe(0o600);
  const { body } = await server.json('GET', '/api/v1/audit');
  const made = body.items.find(({ action }: { action: string }) => action === 'user.link');
  expect(JSON.stringify(made)).toContain('the owner of the data folder');
});

test('a folder that is not there is not made', async () => {
  const missing = join(folder, 'typo');
  const { exit, err } = await tiltmeter(['login-link', '--data', missing]);
  expect(exit).toBe(2);
  expect(err).toContain(`There is no data folder of Tiltmeter at ${missing}`);
  expect(existsSync(missing)).toBe(false);
});

test('after it stopped: a link to where it listened last, good at its next start', async () => {
  const { address } = server;
  await server.stop();
  const { exit, out } = await link();
  expect(exit).toBe(0);
  expect(out).toMatch(new RegExp(`^${address}/login#token=`));
  server = await startTestApp({ dataDir: join(folder, 'data') });
  expect((await signIn(out.trim())).status).toBe(200);
});

test('a server that was killed left its token behind: the folder is opened instead', async () => {
  await server.stop();
  const stale = { address: 'http://127.0.0.1:9', token: 'of-a-server-that-was-killed' };
  writeFileSync(join(folder, 'data/server.json'), JSON.stringify(stale));
  expect((await link()).out).toMatch(/^http:\/\/127\.0\.0\.1:9\/login#token=/);
  server = await startTestApp({ dataDir: join(folder, 'data') });
});
