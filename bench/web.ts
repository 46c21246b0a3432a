/**
 * `npm run bench:web -- --lighthouse FOLDER`: what Lighthouse says of the pages that are opened first, as on a desk and as on
 * a phone, on a server of its own that is filled with models. FOLDER: where `npm install --prefix FOLDER lighthouse` was run;
 * it needs a hundred packages, so it is none of the project's. Prints Markdown. `--pages model,incident` and `--devices phone`
 * choose; `--reports FOLDER` keeps the last report of each. A page that cannot be measured is said to be so beside the others.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { startTestApp } from '../test/app.ts';
import { CHROMIUM } from '../test/browser/chromium.ts';
import { fill, MEASURED } from './web/fill.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? 3);
const run = promisify(execFile);

const DEVICES = ['desk', 'phone'] as const;

const { values } = parseArgs({
  options: {
    lighthouse: { type: 'string' },
    reports: { type: 'string' },
    pages: { type: 'string', default: 'yardstick,fleet,model,incident' },
    devices: { type: 'string', default: DEVICES.join() },
  },
});
const lighthouse = join(values.lighthouse ?? '', 'node_modules/lighthouse/cli/index.js');
if (values.lighthouse === undefined || !existsSync(lighthouse))
  throw new Error('npm install --prefix FOLDER lighthouse, then npm run bench:web -- --lighthouse FOLDER');

interface Figures {
  readonly performance: number;
  readonly accessibility: number;
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly blocked: number;
  readonly shift: number;
  readonly script: number;
  readonly machine: number;
}

interface Report {
  readonly categories: Record<string, { readonly score: number | null }>;
  readonly audits: Record<string, { readonly numericValue?: number; readonly details?: { items: Item[] } }>;
  readonly environment: { readonly benchmarkIndex: number };
  readonly runtimeError?: { readonly message: string };
}

interface Item {
  readonly resourceType?: string;
  readonly transferSize?: number;
}

const folder = values.reports ?? (await mkdtemp(join(tmpdir(), 'tiltmeter-bench-web-')));
await mkdir(folder, { recursive: true });

const CHOICES: Record<(typeof DEVICES)[number], string[]> = { desk: ['--preset=desktop'], phone: [] };
/** On a machine that is slow a browser's trace is now and then without its beginning (`NO_NAVSTART`): then it is made anew. */
const TRIES = 4;

/** What went wrong, without the command and the cookie in it. */
function reasonOf(error: unknown): string {
  const { stderr, message } = error as Error & { readonly stderr?: string };
  return (stderr || message).trim().split('\n').at(-1)!;
}

/** One look at a page, in a browser of its own. */
async function measure(
  name: string,
  url: string,
  device: keyof typeof CHOICES,
  cookie: string,
): Promise<Figures> {
  for (let again = 1; ; again++)
    try {
      return await look(join(folder, `${name}-${device}.json`), url, CHOICES[device], cookie);
    } catch (error) {
      console.error(`${name}, ${device}, try ${again}: ${reasonOf(error)}`);
      if (again === TRIES) throw error;
    }
}

async function look(path: string, url: string, device: string[], cookie: string): Promise<Figures> {
  await run(
    process.execPath,
    [
      ...[lighthouse, url, '--quiet', '--output=json', `--output-path=${path}`, ...device],
      ...[
        '--only-categories=performance,accessibility',
        '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
      ],
      `--extra-headers=${JSON.stringify({ cookie })}`,
    ],
    {
      env: { ...process.env, CHROME_PATH: process.env.CHROMIUM_PATH ?? CHROMIUM.find(existsSync) },
      timeout: 180_000,
    },
  );
  const report = JSON.parse(await readFile(path, 'utf8')) as Report;
  if (report.runtimeError !== undefined) throw new Error(report.runtimeError.message);
  const of = (audit: string) => report.audits[audit]?.numericValue ?? Number.NaN;
  const scripts = (report.audits['network-requests']?.details?.items ?? []).filter(
    ({ resourceType }) => resourceType === 'Script',
  );
  return {
    performance: 100 * (report.categories.performance?.score ?? 0),
    accessibility: 100 * (report.categories.accessibility?.score ?? 0),
    firstPaint: of('first-contentful-paint'),
    largestPaint: of('largest-contentful-paint'),
    blocked: of('total-blocking-time'),
    shift: of('cumulative-layout-shift'),
    script: scripts.reduce((sum, { transferSize = 0 }) => sum + transferSize, 0) / 1000,
    machine: report.environment.benchmarkIndex,
  };
}

/** The middle one of several runs, figure by figure. */
function median(runs: readonly Figures[]): Figures {
  const names = Object.keys(runs[0]!) as (keyof Figures)[];
  const middle = (name: keyof Figures) =>
    runs.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(runs.length / 2)]!;
  return Object.fromEntries(names.map((name) => [name, middle(name)])) as unknown as Figures;
}

function lineOf(name: string, device: string, one: Figures): string {
  const ms = (value: number) => value.toFixed(0);
  return `| ${name} | ${device} | ${one.performance.toFixed(0)} | ${one.accessibility.toFixed(0)} | ${ms(one.firstPaint)} | ${ms(one.largestPaint)} | ${ms(one.blocked)} | ${one.shift.toFixed(3)} | ${one.script.toFixed(0)} |`;
}

const end = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const tilt = await startTestApp();
try {
  const { predictions } = await fill(tilt, end);
  const token = new URLSearchParams(new URL(await tilt.app.adminLink()).hash.slice(1)).get('token');
  const session = await tilt.json('POST', '/api/v1/session', { token }, null);
  const cookie = session.headers.getSetCookie()[0]!.split(';')[0]!;
  const { body } = await tilt.json('GET', `/api/v1/incidents?model=${MEASURED}&sort=urgency`);
  const pages = {
    yardstick: '/docs',
    fleet: '/',
    model: `/models/${MEASURED}`,
    incident: `/incidents/${body.items[0].id}`,
  };
  const chosen = values.pages.split(',');
  const devices = values.devices.split(',');
  const lines: string[] = [];
  const machines: number[] = [];
  for (const [name, path] of Object.entries(pages).filter(([name]) => chosen.includes(name)))
    for (const device of DEVICES.filter((one) => devices.includes(one))) {
      const runs: Figures[] = [];
      let failure = '';
      for (let i = 0; i < RUNS; i++)
        await measure(name, tilt.address + path, device, cookie)
          .then((figures) => runs.push(figures))
          .catch((error: unknown) => {
            failure = reasonOf(error);
          });
      lines.push(
        runs.length === 0
          ? `| ${name} | ${device} | could not be measured: ${failure} | | | | | | |`
          : lineOf(name, device, median(runs)),
      );
      machines.push(...runs.map(({ machine }) => machine));
      console.error(lines.at(-1));
    }
  console.log(`## Pages in a browser

${predictions.toLocaleString('en')} predictions of 4 models over 30 days, 24 columns each, hourly buckets; server and browser on the same ${cpus().length} cores (${cpus()[0]?.model}), Lighthouse's
index of the machine ${Math.round(Math.min(...machines))} to ${Math.round(Math.max(...machines))}; median of ${RUNS} runs each; milliseconds, kB of JavaScript as it comes over the wire.
The yardstick is the page of the API, which has no script: what it costs, the machine costs.

| page | device | performance | accessibility | first paint | largest paint | blocked | layout shift | JavaScript |
|---|---|---:|---:|---:|---:|---:|---:|---:|
${lines.join('\n')}`);
} finally {
  await tilt.stop();
  if (values.reports === undefined) await rm(folder, { recursive: true, force: true });
}
