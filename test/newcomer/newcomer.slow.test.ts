import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../browser/open-browser.ts';
import { signIn } from '../browser/sign-in.ts';
import { freePort } from '../free-port.ts';
import { COLUMNS, oddTable } from './odd-table.ts';

/**
 * Somebody who has read nothing but the README, with a table that nobody prepared, from `npm start` to the first chart and
 * the first verdict of a model of their own. Every sentence they rely on is asserted where they read it.
 */
const ROOT = join(import.meta.dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const MODEL = 'kredit-pruefung';
const DAY = 86_400_000;

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-newcomer-'));
let server: ReturnType<typeof spawn>;
let output = '';
let port: number;
let browser: Browser;
let page: Page;
let environment: NodeJS.ProcessEnv;

/** A line of the README that is typed as it stands. */
function typed(begins: string): string {
  const line = README.split('\n').find((each) => each.trim().startsWith(begins));
  expect(line, `the README has a line that begins with "${begins}"`).toBeDefined();
  return line!.trim().replace(/ +#.*$/, '');
}

const says = (sentence: string) => expect(README.replace(/\s+/g, ' ')).toContain(sentence);

function shell(line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', line], { cwd: ROOT, env: environment }, (error, stdout, stderr) =>
      error ? reject(new Error(`${line}\n${stdout}${stderr}`)) : resolve(stdout + stderr),
    );
  });
}

beforeAll(async () => {
  port = await freePort();
  const own = { TILTMETER_DATA: join(folder, 'data'), TILTMETER_PORT: String(port) };
  environment = { PATH: process.env.PATH!, HOME: process.env.HOME!, ...own };
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  if (server?.pid !== undefined && server.exitCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    process.kill(-server.pid, 'SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

test('from npm start to the first own chart in under three minutes of waiting, following only the README', async () => {
  const began = performance.now();

  says('prints an address and a link that signs you in');
  server = spawn('sh', ['-c', typed('npm start')], {
    cwd: ROOT,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server.stdout!.on('data', (chunk) => (output += chunk));
  server.stderr!.on('data', (chunk) => (output += chunk));
  const link = await expect
    .poll(() => /Sign in as admin, once, within a day: (\S+)/.exec(output)?.[1], { timeout: 120_000 })
    .toBeTruthy()
    .then(() => /Sign in as admin, once, within a day: (\S+)/.exec(output)![1]!);

  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(30_000);
  await signIn(page, link);
  await page.getByRole('heading', { name: 'Send a first prediction' }).waitFor();

  says('Make a key with _ingest_ and _write_ under Settings');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Name').fill('nightly scoring');
  await page.getByRole('checkbox', { name: /^write/ }).check();
  expect(await page.getByRole('checkbox', { name: /^ingest/ }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByText('copy the key now').waitFor();
  const key = (await page.getByRole('status').locator('code').textContent())!;
  environment = { ...environment, TILTMETER_KEY: key, TILTMETER_URL: `http://127.0.0.1:${port}` };

  says('What happened before comes from files');
  const scored = join(folder, 'Export Scoring 2026.csv');
  const now = Date.now();
  writeFileSync(scored, oddTable(8_000, now - 20 * DAY, now - DAY / 24));
  const mapping = Object.entries(COLUMNS).map(([part, column]) => `${part}=${column}`);
  const imported = await shell(
    typed('npx tiltmeter import')
      .replace('scored.csv', `'${scored}'`)
      .replace('credit-risk', MODEL)
      .replace(/--map \S+/, `--map '${mapping.join(',')}'`),
  );
  // What was understood is said before it is sent, each part by its column.
  for (const [part, column] of Object.entries(COLUMNS)) expect(imported).toContain(`${part} ← ${column}`);
  expect(imported).toMatch(/5 features: Alter \(Jahre\) numeric, Einkommen €\/Jahr numeric/);
  expect(imported).toMatch(/predictions: 8,000 stored/);
  expect(imported).toMatch(/labels: 8,000 stored/);

  await page.getByRole('link', { name: 'Fleet', exact: true }).click();
  await page.getByRole('row').filter({ hasText: MODEL }).getByRole('link', { name: MODEL }).click();
  await page.getByRole('heading', { level: 1, name: MODEL }).waitFor();
  await page.getByRole('img', { name: /^Predictions per (hour|day)/ }).waitFor();

  const waited = (performance.now() - began) / 1000;
  console.log(`from npm start to the first chart: ${waited.toFixed(1)} s`);
  expect(waited).toBeLessThan(180);
});

test('a verdict within a minute of the training set', async () => {
  says('and so does what normal looks like');
  const training = join(folder, 'Training.csv');
  const now = Date.now();
  writeFileSync(training, oddTable(4_000, now - 90 * DAY, now - 60 * DAY, 1));
  await shell(
    typed('npx tiltmeter reference add')
      .replace('training.csv', `'${training}'`)
      .replace('credit-risk', MODEL)
      .replace('--prediction decision', `--prediction '${COLUMNS.prediction}'`)
      .replace('--label defaulted', `--label '${COLUMNS.label}'`),
  );
  // The set-up folds itself once everything that judging needs is there.
  const setup = page.getByRole('region', { name: 'Set-up' });
  await setup.getByRole('button', { name: 'Show' }).click({ timeout: 60_000 });
  await setup.getByText(/^Compared with .*4,000 rows\.$/).waitFor();
  await setup.getByText('Every hour is judged when it is complete.').waitFor();
  // The training set has incomes a standard deviation higher: the column is told, with its distance.
  await page.goto(`http://127.0.0.1:${port}/incidents`);
  await page
    .getByText(/Einkommen €\/Jahr/)
    .first()
    .waitFor({ timeout: 60_000 });
});
