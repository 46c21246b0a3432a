import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { drawn } from './browser/drawn.ts';
import { START, seedLoans } from './browser/loans.ts';
import { openBrowser } from './browser/open-browser.ts';
import { signIn } from './browser/sign-in.ts';

let now = START + 14 * 86_400_000;
let tilt: TestApp;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
  await seedLoans(tilt, (ms) => {
    now += ms;
  });
  browser = await openBrowser();
  page = await browser.newPage();
  await signIn(page, await tilt.app.adminLink());
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await tilt?.stop();
});

const queue = async () => (await tilt.json('GET', '/api/v1/models/loans/review')).body;
const shown = () => page.getByRole('region', { name: 'Prediction', exact: true }).getByRole('link').first().textContent(); // biome-ignore format: one line

/** Presses a key, and waits until the page says what was done. */
async function press(key: string, done: string): Promise<void> {
  await page.keyboard.press(key);
  await page.getByRole('status').filter({ hasText: done }).waitFor();
}

test('a queue is begun on the page, and gone through by keys; what was answered is corrected, and becomes labels', async () => {
  await page.goto(`${tilt.address}/models/loans/review`);
  await page.getByText('Nobody is asked to look').waitFor();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('button', { name: 'Put in nothing more' }).waitFor();
  now += 60_000;
  await tilt.app.runJob('models');
  await tilt.app.runJob('review');
  await page.reload();
  await drawn(page);
  const first = await shown();
  await press('1', '1 of 20 done here');
  await page.keyboard.press('k');
  await page.getByText('You have answered approve').waitFor();
  expect(await shown()).toBe(first);
  await press('2', `${first}: answered deny`);
  await press('s', '2 of 20 done here');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('textbox', { name: 'Another class' }).fill('1');
  await page.getByRole('textbox', { name: 'Another class' }).press('s');
  expect(await queue()).toMatchObject({ open: 18, done: 1, skipped: 1 });
  const { labels } = (await tilt.json('GET', `/api/v1/models/loans/predictions/${first}`)).body;
  expect(labels[0]).toMatchObject({ value: 'deny', human: true, source: 'admin@localhost' });
}, 120_000);
