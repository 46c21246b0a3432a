import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { KINDS } from '../../server/monitors/kinds/index.ts';
import { CLASSIC_REQUESTS, LEVELS } from '../../server/telemetry/metrics/catalogue.ts';
import { startTestApp, type TestApp } from '../app.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, 'integrations', path), 'utf8');
const scripts = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts as { start: string };
/** What `npm start` tells Node, without the command: `--max-semi-space-size=8 …`. */
const FLAGS = scripts.start.match(/--[\w-]+(=\d+)?(?= )/g)!;
/** What it sets in the environment. */
const ENVIRONMENT = scripts.start.slice(0, scripts.start.indexOf(' node '));

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-integrations-'));
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
  readonly templating: { readonly list: readonly { readonly definition?: string }[] };
}
interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[];
}

const dashboard = JSON.parse(read('grafana/tiltmeter.json')) as Dashboard;
const rules = parse(read('prometheus/tiltmeter-rules.yml')) as Rules;
const expressions = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.templating.list.flatMap(({ definition = '' }) => definition),
  ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
];

test('every metric that the dashboard and the rules name is one that /metrics has, with the labels they use', async () => {
  const { body } = await app.json<string>('GET', '/metrics');
  const known = new Set([...body.matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name));
  const named = expressions.flatMap((text) => text.match(/\b(tiltmeter|process)_\w+/g) ?? []);
  expect(named.length).toBeGreaterThan(15);
  expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
});

test('every kind of monitor that the dashboard selects exists', () => {
  const selected = expressions.flatMap((text) =>
    [...text.matchAll(/kind=~?"([^"]+)"/g)].flatMap(([, kinds]) => kinds!.split('|')),
  );
  const known = KINDS.map(({ id }) => id);
  expect(selected.length).toBeGreaterThan(5);
  expect(selected.filter((kind) => !known.includes(kind))).toEqual([]);
});

test('Prometheus scrapes an address that answers to its key, and to nobody without one', async () => {
  const { scrape_configs } = parse(read('prometheus/prometheus.yml')) as {
    scrape_configs: { metrics_path: string; authorization: { type: string } }[];
  };
  const [{ metrics_path, authorization }] = scrape_configs as [(typeof scrape_configs)[number]];
  expect(authorization.type).toBe('Bearer');
  const { body: key } = await app.json('POST', '/api/v1/keys', { name: 'prometheus', scopes: ['read'] });
  expect((await app.json('GET', metrics_path, undefined, key.secret)).status).toBe(200);
  expect((await app.json('GET', metrics_path, undefined, null)).status).toBe(401);
});

test('remote write sends each metric of Prometheus that is known by name, and no other', () => {
  const { remote_write } = parse(read('prometheus/remote-write.yml')) as {
    remote_write: { write_relabel_configs: { regex: string }[] }[];
  };
  const known = [
    ...LEVELS.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
    ...CLASSIC_REQUESTS.map(({ name }) => `${name}_bucket`),
  ].filter((name) => !name.includes('.'));
  const sent = remote_write[0]!.write_relabel_configs[0]!.regex.split('|');
  expect(sent.toSorted()).toEqual(known.toSorted());
});

const promtool = '/usr/bin/promtool';
test.skipIf(!existsSync(promtool))('promtool has nothing to say against the files of Prometheus', () => {
  const check = (...args: string[]) => execFileSync(promtool, ['check', ...args], { encoding: 'utf8' });
  const at = join(ROOT, 'integrations/prometheus');
  expect(check('config', '--syntax-only', join(at, 'remote-write.yml'))).toContain('SUCCESS');
  expect(check('config', '--syntax-only', join(at, 'prometheus.yml'))).toContain('SUCCESS');
  expect(check('rules', join(at, 'tiltmeter-rules.yml'))).toContain('SUCCESS');
});

const analyze = '/usr/bin/systemd-analyze';
test.skipIf(!existsSync(analyze))('systemd has nothing to say against the unit', () => {
  const unit = read('systemd/tiltmeter.service');
  expect(unit).toContain(`Environment=${ENVIRONMENT}\n`);
  expect(unit).toContain(`node/bin/node ${FLAGS.join(' ')} cli/tiltmeter.js serve`);
  const file = join(folder, 'tiltmeter.service');
  writeFileSync(file, unit.replaceAll('/opt/tiltmeter', ROOT));
  const said = execFileSync('sh', ['-c', `${analyze} verify ${file} 2>&1 || true`], { encoding: 'utf8' });
  expect(said).toBe('');
});

test('the image starts the server as npm start does, and looks after it at an address that answers', async () => {
  const image = read('docker/Dockerfile');
  const entry = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(image)![1]!) as string[];
  expect(image).toContain(`ENV ${ENVIRONMENT}\n`);
  expect(entry).toEqual(['node', ...FLAGS, 'cli/tiltmeter.js']);
  const health = /fetch\('http:\/\/127\.0\.0\.1:8765(\/\w+)'\)/.exec(image)![1]!;
  expect((await app.json('GET', health, undefined, null)).status).toBe(200);
  for (const [, copied] of image.matchAll(/^COPY (?!--from)(.*) \S+$/gm)) {
    for (const path of copied!.split(' ')) expect(existsSync(join(ROOT, path))).toBe(true);
  }
  const compose = parse(read('docker/compose.yaml')) as {
    services: { tiltmeter: { build: { context: string; dockerfile: string }; volumes: string[] } };
  };
  const { build, volumes } = compose.services.tiltmeter;
  expect(existsSync(join(ROOT, 'integrations/docker', build.context, build.dockerfile))).toBe(true);
  expect(image).toContain(`TILTMETER_DATA=${volumes[0]!.split(':')[1]}`);
});

test('every setting of Tiltmeter that an integration names is documented', () => {
  const documented = readFileSync(join(ROOT, 'docs/operating.md'), 'utf8');
  const texts = [
    'systemd/tiltmeter.service',
    'docker/Dockerfile',
    'docker/compose.yaml',
    'reverse-proxy/nginx.conf',
    'reverse-proxy/Caddyfile',
  ].map(read);
  const named = texts.flatMap((text) => text.match(/TILTMETER_[A-Z]+(_[A-Z]+)*/g) ?? []);
  expect([...new Set(named)].filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
});
