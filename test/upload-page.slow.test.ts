import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { openBrowser } from './browser/open-browser.ts';
import { signIn } from './browser/sign-in.ts';

let app: TestApp;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  app = await startTestApp();
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-upload-'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a table is looked at, corrected and stored; the second time it is known', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) => `L${i};${1_760_000_000 + 60 * i};${i % 3 ? 'yes' : 'no'};${20 + (i % 7)}`,
  );
  const file = join(folder, 'scored.csv.gz');
  await writeFile(file, gzipSync(`loan;when;decision;age\n${rows.join('\n')}\n`));
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await signIn(page, await app.app.adminLink());
  await page.getByRole('link', { name: 'Import a table' }).first().click();
  const store = async () => {
    await page.getByRole('combobox', { name: 'Model, there or new' }).fill('loans');
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText('60 rows of delimited text').waitFor();
    await page.getByText('No column is the time: every row is stored as of now').waitFor();
    await page.getByRole('button', { name: 'when is the time' }).click();
    await page.getByRole('combobox', { name: 'What loan is' }).click();
    await page.getByRole('option', { name: 'id', exact: true }).click();
    await page.getByText('No column is the time').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Store 60 rows in loans' }).click();
  };
  await store();
  await page.getByText('Predictions: 60 stored, 0 known already, 0 rejected.').waitFor();
  const { body } = await app.json('GET', '/api/v1/models/loans/predictions/L7');
  expect(body).toMatchObject({ time: '2025-10-09T09:00:20.000Z', prediction: 'yes', features: { age: 20 } });
  await page.reload();
  await store();
  await page.getByText('Predictions: 0 stored, 60 known already, 0 rejected.').waitFor();
});
