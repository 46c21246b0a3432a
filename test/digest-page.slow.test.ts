import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { openBrowser } from './browser/open-browser.ts';
import { signIn } from './browser/sign-in.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let tilt: TestApp;
let browser: Browser;
let page: Page;
let channel: string;

beforeAll(async () => {
  tilt = await startTestApp({ allowPrivateAddresses: true });
  const event = { model: 'loans', id: '1', features: { age: 41 }, prediction: 'yes' };
  await tilt.json('POST', '/api/v1/predictions', event);
  await tilt.app.runJob('models');
  const address = 'http://127.0.0.1:9/';
  ({ id: channel } = (
    await tilt.json('POST', '/api/v1/channels', { name: 'mail', address, tells: 'digests' })
  ).body);
  browser = await openBrowser();
  page = await (
    await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 844 } })
  ).newPage();
  await signIn(page, await tilt.app.adminLink());
});
afterAll(async () => {
  await browser?.close();
  await tilt?.stop();
});

test('a channel is given a digest that was looked at before, on a phone; it is sent now, and ended', async () => {
  await page.goto(`${tilt.address}/settings/channels`);
  await page.getByRole('button', { name: 'Digests' }).click();
  const form = page.getByRole('form', { name: 'Digests of mail' });
  await form.getByLabel('at', { exact: true }).fill('07:30');
  await form.getByLabel('by the clocks of').fill('Europe/Berlin');
  await form.getByRole('button', { name: 'Preview' }).click();
  const preview = page.getByRole('article', { name: 'What it would say now' });
  await preview.getByText(/^Nothing moved in 0 models; 1 not judged: loans \(/).waitFor();
  const beyond = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
  expect(beyond).toBeLessThanOrEqual(0);
  await page.evaluate(AXE);
  const found = (await page.evaluate(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] }).then((all) => all.violations.map(({ id }) => id))',
  )) as string[];
  expect(found).toEqual([]);
  await form.getByRole('button', { name: 'Save' }).click();
  const digest = page.getByRole('region', { name: 'Daily digest of mail' });
  await digest.getByText('Monday to Friday at 07:30 Europe/Berlin').waitFor();
  const { body } = await tilt.json('GET', '/api/v1/digests');
  expect(body.items).toMatchObject([
    { channel, every: 'daily', at: '07:30', zone: 'Europe/Berlin', only: null },
  ]);
  await digest.getByRole('button', { name: 'Send now' }).click();
  await digest.getByText('On its way').waitFor();
  await page.getByText('none: a digest').waitFor();
  await digest.getByRole('button', { name: 'End the daily digest of mail' }).click();
  await page.getByRole('button', { name: 'End the digest' }).click();
  await digest.waitFor({ state: 'detached' });
  expect((await tilt.json('GET', '/api/v1/digests')).body.items).toEqual([]);
});
