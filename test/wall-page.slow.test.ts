import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { START, seedLoans } from './browser/loans.ts';
import { openBrowser } from './browser/open-browser.ts';
import { signIn } from './browser/sign-in.ts';
import { freePort } from './free-port.ts';

/** A wall is looked at from afar: what it shows is legible, and what is not current shows that it is not. */
const dataDir = mkdtempSync(join(tmpdir(), 'tiltmeter-wall-'));
let now = START + 14 * 86_400_000;
let tilt: TestApp;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let port: number;

const start = () => startTestApp({ dataDir, port, clock: () => now });

beforeAll(async () => {
  port = await freePort();
  tilt = await start();
  await seedLoans(tilt, (ms) => {
    now += ms;
  });
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, colorScheme: 'light' });
  // Somebody who may only read.
  const made = await tilt.json('POST', '/api/v1/users', {
    email: 'tv@example.org',
    name: 'TV',
    role: 'viewer',
  });
  const { body } = await tilt.json('POST', `/api/v1/users/${made.body.id}/link`);
  const first = await context.newPage();
  await signIn(first, body.url);
  await first.close();
});
afterAll(async () => {
  await browser?.close();
  await tilt?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const open of context.pages()) await open.close();
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
});

const stale = () => page.getByRole('alert').filter({ hasText: 'Not current' });
const open = async (path: string) => {
  await page.clock.install();
  await page.goto(tilt.address + path);
  await page.getByText(/as of \d+ s ago/).waitFor();
};
/** Time goes by on the wall while the server answers in its own. */
const pass = async (ms: number) => page.clock.fastForward(ms);

test('who may only read comes to it from the fleet; it asks, changes nothing, has nothing to press, and Escape leaves', async () => {
  const methods = new Set<string>();
  await page.goto(tilt.address);
  page.on('request', (request) => methods.add(request.method()));
  await page.getByRole('link', { name: 'Wall' }).click();
  await page.getByText(/ROC AUC fell/).waitFor();
  const worst = page.getByRole('list', { name: 'Models, the worst first' }).getByRole('listitem').first();
  expect(await worst.textContent()).toContain('loans');
  expect(
    await page.getByRole('button').or(page.getByRole('textbox')).or(page.getByRole('link')).count(),
  ).toBe(0);
  const scheme = () => page.evaluate('document.documentElement.dataset.mantineColorScheme');
  expect(await scheme()).toBe('light');
  await page.keyboard.press('d');
  await expect.poll(scheme).toBe('dark');
  expect([...methods]).toEqual(['GET']);
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
});

test('a server that is away makes it turn stale, with the moment of what is shown; it comes back by itself', async () => {
  await open('/wall');
  expect(await stale().count()).toBe(0);
  await tilt.app.stop();
  await pass(20_000);
  await page.getByText(/as of 2\d s ago/).waitFor();
  expect(await stale().count()).toBe(0);
  await pass(20_000);
  await stale().getByText('The server did not answer').waitFor();
  expect(await page.getByRole('main').getAttribute('data-stale')).toBe('true');
  tilt = await start();
  await pass(10_000);
  await stale().waitFor({ state: 'detached' });
});

test('a server that takes questions and never answers is told all the same, and asked again', async () => {
  await open('/models/loans/wall');
  await page.getByRole('heading', { name: 'ROC AUC' }).waitFor();
  await page.route(/\/api\/v1\//, () => {});
  await pass(12_000);
  await pass(30_000);
  await stale().waitFor();
  await page.unroute(/\/api\/v1\//);
  // It gives up by a clock of the browser's own.
  for (let i = 0; (await stale().count()) > 0 && i < 60; i++) {
    await pass(10_000);
    await page.evaluate(() => fetch('/healthz'));
  }
  await stale().waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/models\/loans$/);
});

test('one answer that fails while others come is as old as it is', async () => {
  await open('/wall');
  await page.route(/\/api\/v1\/incidents/, (route) =>
    route.fulfill({
      status: 503,
      json: { error: { code: 'store_unavailable', message: 'the store is away' } },
    }),
  );
  for (let i = 0; i < 5; i++) await pass(10_000);
  await stale().getByText('the store is away').waitFor();
});

test('after an upgrade of the server it is loaded anew', async () => {
  await open('/wall');
  await page.route(/\/api\/v1\/session$/, (route) =>
    route.fulfill({ json: { user: { id: 'x', email: 'x', name: 'x', role: 'viewer' }, version: '9.9.9' } }),
  );
  const loaded = page.waitForEvent('load');
  await pass(11_000);
  await loaded;
});

test('a thousand models: the worst by name, a mark for each, and nothing beyond the screen; in the hand it fits too', async () => {
  for (let i = 0; i < 999; i += 20)
    await Promise.all(
      Array.from({ length: Math.min(20, 999 - i) }, (_, k) =>
        tilt.json('POST', '/api/v1/models', { id: `model-${i + k}` }),
      ),
    );
  await page.goto(`${tilt.address}/wall`);
  await page.getByText('1,000 models').waitFor();
  const tiles = page.getByRole('list', { name: 'Models, the worst first' }).getByRole('listitem');
  expect(await tiles.first().textContent()).toContain('loans');
  expect(await tiles.count()).toBeGreaterThan(12);
  expect(await page.getByRole('region', { name: 'All models' }).getByRole('img').count()).toBe(1000);
  const beyond = () =>
    page.evaluate(`[
      document.documentElement.scrollWidth - innerWidth,
      document.querySelector('main').scrollHeight - document.querySelector('main').clientHeight,
    ]`) as Promise<[number, number]>;
  expect(Math.max(...(await beyond()))).toBeLessThanOrEqual(0);
  const last = await tiles.last().boundingBox();
  const box = await page.getByRole('list', { name: 'Models, the worst first' }).boundingBox();
  expect(last!.y + last!.height).toBeLessThanOrEqual(box!.y + box!.height + 1);
  await page.setViewportSize({ width: 390, height: 844 });
  expect((await beyond())[0]).toBeLessThanOrEqual(0);
});
