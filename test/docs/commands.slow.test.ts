import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, csv } from '../../check/world.testing.ts';
import { startTestApp, type TestApp } from '../app.ts';
import { ROOT, sources } from '../conformance/sources.ts';
import { commandsOf, type Shown } from './commands.ts';

/** What the documentation tells people to type, typed: against a server of its own, with small files of the names that it uses. */

const pages = [
  ...sources('.', /^README\.md$/),
  ...sources('.', /^CONTRIBUTING\.md$/),
  ...sources('docs', /^docs\/[^/]+\.md$/),
];
const shown = pages.flatMap(({ path, text }) => commandsOf(path, text));

/** What is not run here, and why. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/^npm ci\b/, 'installs what this test runs on; the pipeline does'],
  [/^npm (test|run test:\S+)\b/, 'these are the tests'],
  [
    /^npm run (typecheck|lint|bench\S*|torture|docs|build:web)\b/,
    'minutes of work on the whole checkout; the pipeline does, or a measurement',
  ],
  [
    /^npm (start|run demo)\b|tiltmeter (serve|demo)\b/,
    'runs until it is stopped: server/main.test.ts, cli/commands/demo.test.ts, test/demo.slow.test.ts',
  ],
  [/get_current_span/, 'needs an SDK of OpenTelemetry: test/integrations/opentelemetry.slow.test.ts'],
  [/tiltmeter replay\b/, 'needs the endpoint of a model: cli/commands/replay.test.ts'],
  [/tiltmeter hold (set|show|run)\b/, 'needs the endpoint of a model: cli/commands/hold.slow.test.ts'],
  [
    /tiltmeter mlflow sync\b|mlflow\.log_artifact/,
    'needs an MLflow server: test/integrations/mlflow/mlflow.slow.test.ts',
  ],
  [/tiltmeter feast import\b/, 'needs a registry of Feast: cli/commands/feast.slow.test.ts'],
  [/tiltmeter explain\b/, 'needs the endpoint of a model: cli/commands/explain.test.ts'],
  [/tiltmeter agent\b|127\.0\.0\.1:8766/, 'needs an agent that runs: test/agent.slow.test.ts'],
  [/tiltmeter drill --model\b/, 'needs thousands of labels: cli/drill/own-history.test.ts'],
  [/tiltmeter digest (set|send|remove)\b/, 'needs a channel: cli/commands/digest.test.ts'],
  [/^(systemctl|docker|sudo) /, 'needs the services of a machine'],
];
const notRun = (source: string) => NOT_RUN.find(([pattern]) => pattern.test(source));

const world = createWorld();
let server: TestApp;
let page = '';
let home: string;
beforeAll(async () => {
  home = world.path('checkout');
  mkdirSync(join(home, 'bin'), { recursive: true });
  for (const name of ['datasets', 'clients', 'contract', 'node_modules'])
    symlinkSync(join(ROOT, name), join(home, name));
  writeFileSync(join(home, 'package.json'), '{"type":"module"}');
  // A curl that is refused fails.
  writeFileSync(join(home, '.curlrc'), 'silent\nshow-error\nfail-with-body\n');
  // What npx finds in a checkout, without asking npm each time.
  const npx = `#!/bin/sh\n[ "$1" = tiltmeter ] && shift && exec "${process.execPath}" "${join(ROOT, 'cli/tiltmeter.js')}" "$@"\nexit 64\n`;
  writeFileSync(join(home, 'bin/npx'), npx);
  chmodSync(join(home, 'bin/npx'), 0o755);
  await files();
});
afterAll(() => server?.stop());

/** Every page has a server of its own, on which the model that they speak of has answered once. */
async function turnTo(next: string): Promise<void> {
  if (next === page) return;
  await server?.stop();
  server = await startTestApp();
  rmSync(join(home, 'tiltmeter-data'), { force: true });
  symlinkSync(server.dataDir, join(home, 'tiltmeter-data'));
  const answer = { id: 'before', features: { age: 41, country: 'FR' }, prediction: 'approve', score: 0.8 };
  await server.json('POST', '/api/v1/predictions', { model: 'credit-risk', ...answer });
  page = next;
}

/** The files that the pages speak of, small. */
async function files(): Promise<void> {
  const rows = <Value>(value: (i: number) => Value, n = 60) => Array.from({ length: n }, (_, i) => value(i));
  const columns = {
    loan: rows((i) => `L${i}`),
    scored_at: rows((i) => `2026-11-${String(1 + (i % 20)).padStart(2, '0')} 10:00:00`),
    age: rows((i) => 20 + (i % 7)),
    country: rows((i) => ['FR', 'DE', 'PT'][i % 3]!),
    p: rows((i) => (i % 10) / 10),
    score: rows((i) => (i % 10) / 10),
    decision: rows((i) => (i % 10 > 4 ? 'approve' : 'deny')),
    defaulted: rows((i) => ['approve', 'deny'][i % 2]!),
  };
  const text = csv(columns);
  for (const name of ['scored.csv', 'training.csv', 'truth.csv', 'current.csv', 'train.csv'])
    writeFileSync(join(home, name), text);
  const select = "SELECT number % 7 AS age, ['FR', 'DE', 'PT'][number % 3 + 1] AS country FROM numbers(60)";
  for (const name of ['training', 'current', 'scored-1', 'scored-2'])
    await world.writeParquet(`checkout/${name}.parquet`, select);
}

function run(program: string, args: readonly string[]): Promise<{ exit: number; said: string }> {
  const env = {
    PATH: `${join(home, 'bin')}:${process.env.PATH}`,
    HOME: home,
    TILTMETER_URL: server.address,
    TILTMETER: server.address,
    TILTMETER_KEY: server.adminKey,
    KEY: server.adminKey,
    PYTHONPATH: join(ROOT, 'clients/python'),
  };
  return new Promise((resolve) => {
    execFile(program, args, { cwd: home, env, timeout: 100_000 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ exit: code, said: `${out}${err}` });
    });
  });
}

/** The address that the pages write is that of the server here. */
const here = (source: string) => source.replaceAll('http://127.0.0.1:8765', server.address);

async function typed({ language, source }: Shown): Promise<{ exit: number; said: string }> {
  if (language === 'sh') return run('bash', ['-c', here(source)]);
  if (language === 'python') return run('python3', ['-c', here(source)]);
  writeFileSync(join(home, `shown.${language}`), here(source));
  return run(process.execPath, [`shown.${language}`]);
}

test.each(
  shown
    .filter(({ source }) => notRun(source) === undefined)
    .map((each) => [`${each.page}:${each.line} ${each.source.split('\n')[0]}`, each] as const),
)('%s', async (_, each) => {
  await turnTo(each.page);
  const { exit, said } = await typed(each);
  // A check that finds something ends with 1, as its page says.
  const most = /tiltmeter check /.test(each.source) ? 1 : 0;
  expect({ exit: Math.max(0, exit - most), said }).toEqual({ exit: 0, said });
  expect(said).not.toMatch(/^tiltmeter: |Traceback/m);
});

test('what is not run has its reason, and every reason is still needed', () => {
  const left = shown.filter(({ source }) => notRun(source) !== undefined);
  const needed = new Set(left.map(({ source }) => notRun(source)![1]));
  const others = pages.flatMap(({ text }) => commandsOf('', text)).map(({ source }) => source);
  for (const [pattern, reason] of NOT_RUN)
    if (others.some((source) => pattern.test(source))) expect(needed).toContain(reason);
  expect(shown.length - left.length).toBeGreaterThan(20);
});
