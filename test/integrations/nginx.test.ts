import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../app.ts';
import { freePort } from '../free-port.ts';
import { linkToken } from '../link-token.ts';

const NGINX = '/usr/sbin/nginx';
const sample = readFileSync(join(import.meta.dirname, '../../integrations/reverse-proxy/nginx.conf'), 'utf8');
const HOST = 'tiltmeter.example.org';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-nginx-'));
let nginx: ReturnType<typeof spawn> | undefined;
let app: TestApp;
let port: number;

/** A request through the proxy, as a browser at https://tiltmeter.example.org makes it. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const options = { host: '127.0.0.1', port, method, path, rejectUnauthorized: false };
      const asked = request(
        { ...options, servername: HOST, headers: { host: HOST, ...headers } },
        (reply) => {
          let text = '';
          reply.setEncoding('utf8').on('data', (part) => (text += part));
          reply.on('end', () => resolve({ status: reply.statusCode!, headers: reply.headers, body: text }));
        },
      );
      asked.on('error', reject).end(body);
    },
  );
}

/** The sample with this test's ports and certificate in place of those of a machine. */
function configured(upstream: number, plain: number): string {
  const site = sample
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('listen 80', `listen 127.0.0.1:${plain}`)
    .replace('127.0.0.1:8765', `127.0.0.1:${upstream}`)
    .replaceAll('/etc/nginx/tls', folder);
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/tmp;`,
  );
  return `daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off; ${kept.join(' ')}\n${site}\n}`;
}

beforeAll(async () => {
  if (!existsSync(NGINX)) return;
  app = await startTestApp({ address: `https://${HOST}`, trustedProxies: ['127.0.0.1'] });
  port = await freePort();
  mkdirSync(join(folder, 'tmp'));
  const keys = ['-keyout', join(folder, 'tiltmeter.key'), '-out', join(folder, 'tiltmeter.crt')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${HOST}`, ...keys],
    { stdio: 'ignore' },
  );
  writeFileSync(join(folder, 'nginx.conf'), configured(app.app.port, await freePort()));
  nginx = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' });
  await vi.waitFor(async () => expect((await ask('GET', '/healthz')).status).toBe(200), 50_000);
});
afterAll(async () => {
  if (nginx !== undefined) {
    const ended = new Promise((resolve) => nginx!.once('exit', resolve));
    nginx.kill('SIGTERM');
    await ended;
  }
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!existsSync(NGINX))(
  'behind the nginx of the sample people sign in and change things',
  async () => {
    const link = new URL(await app.app.adminLink());
    expect(link.origin).toBe(`https://${HOST}`);
    const token = linkToken(link.href);
    const own = { origin: link.origin, 'content-type': 'application/json' };
    const signedIn = await ask('POST', '/api/v1/session', own, JSON.stringify({ token }));
    expect(signedIn.status).toBeLessThan(300);
    const [cookie] = signedIn.headers['set-cookie'] as string[];
    expect(cookie).toContain('Secure');

    const session = { ...own, cookie: cookie!.split(';')[0]! };
    const key = JSON.stringify({ name: 'made through the proxy', scopes: ['ingest'] });
    expect((await ask('POST', '/api/v1/keys', session, key)).status).toBe(201);
    const foreign = { ...session, origin: 'https://elsewhere.example.org' };
    expect((await ask('POST', '/api/v1/keys', foreign, key)).status).toBe(403);
  },
);

test.skipIf(!existsSync(NGINX))('metrics stay inside, also for who has a key', async () => {
  const authorization = `Bearer ${app.adminKey}`;
  expect((await ask('GET', '/metrics', { authorization })).status).toBe(404);
  expect((await ask('GET', '/api/v1/models', { authorization })).status).toBe(200);
});
