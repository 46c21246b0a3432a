import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { START, seedLoans } from './browser/loans.ts';
import { openBrowser } from './browser/open-browser.ts';
import { signIn } from './browser/sign-in.ts';

const DAY = 86_400_000;
let now = START + 16 * DAY;
let app: TestApp;
let browser: Browser;
let admin: BrowserContext;
let viewer: BrowserContext;
const file = join(tmpdir(), `tiltmeter-training-${process.pid}.csv`);
/** What the pages themselves complained about, or were refused; nothing, if all is well. */
const complaints: string[] = [];

async function signedIn(link: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page, link);
  await page.getByRole('link', { name: 'Fleet', exact: true }).waitFor();
  await page.close();
  return context;
}

beforeAll(async () => {
  app = await startTestApp({ clock: () => now });
  await seedLoans(app, (ms) => {
    now += ms;
  });
  await app.json('POST', '/api/v1/predictions', [{ model: 'laons', id: 'a', prediction: 'deny' }]);
  const bad = Array.from({ length: 3 }, () => ({ model: 'loans', predicton: 1 }));
  await app.json('POST', '/api/v1/predictions', [...bad, { model: 'loans', prediction: 1, score: 'x' }]);
  const rows = Array.from({ length: 40 }, (_, i) => `${20 + i},${1000 * i},FR,x${i}`);
  await writeFile(file, ['age,income,country,other', ...rows].join('\n'));
  browser = await openBrowser();
  admin = await signedIn(await app.app.adminLink());
  const person = { email: 'v@example.org', name: 'Viewer', role: 'viewer' };
  const { body } = await app.json('POST', '/api/v1/users', person);
  viewer = await signedIn((await app.json('POST', `/api/v1/users/${body.id}/link`)).body.url);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await rm(file, { force: true });
});
afterEach(async () => {
  for (const context of [admin, viewer]) for (const page of context?.pages() ?? []) await page.close();
  expect(complaints.splice(0)).toEqual([]);
});

async function open(path: string, context = admin): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`));
  page.on('response', (reply) => {
    if (reply.status() === 403) complaints.push(`${path}: ${reply.url()} was refused`);
  });
  await page.goto(app.address + path);
  return page;
}

test('settings are changed from the model’s page: what a change does is said, then it is saved', async () => {
  const page = await open('/models/loans?preset=all');
  await page
    .getByRole('navigation', { name: 'Pages of loans' })
    .getByRole('link', { name: 'Settings' })
    .click();
  await page.getByLabel('Owner').fill('risk team');
  await page.getByLabel('Bucket', { exact: true }).fill('2');
  const bar = page.getByRole('region', { name: 'Changes that are not saved' });
  await bar.getByText('2 changes not saved').waitFor();
  await bar.getByText(/All profiles are made anew in buckets of 2 hours.*: about \d/).waitFor();
  await page.getByLabel('Bucket', { exact: true }).fill('48');
  await page.getByText('It must be at most a day.').waitFor();
  expect(await bar.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await page.getByLabel('Bucket', { exact: true }).fill('1');
  await bar.getByText('1 change not saved').waitFor();
  await bar.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const { body } = await app.json('GET', '/api/v1/models/loans');
  expect(body).toMatchObject({ owner: 'risk team', bucket_ms: 3_600_000 });
});

test('a column is set to be ignored, and importance by hand', async () => {
  const page = await open('/models/loans/settings/columns');
  await page.getByRole('combobox', { name: 'What income is' }).click();
  await page.getByRole('option', { name: /^ignored/ }).click();
  await page.getByText('income is not watched any more; its values are stored as before.').waitFor();
  await page.getByRole('button', { name: 'Set by hand' }).click();
  await page.getByLabel('Importance of country').fill('80');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  const { columns } = (await app.json('GET', '/api/v1/models/loans')).body;
  const of = (name: string) => columns.find((column: { name: string }) => column.name === name);
  expect(of('income')).toMatchObject({ type: 'ignored' });
  expect(of('country').importance).toBeCloseTo(80 / 175);
});

test('a monitor is tried before it is added, and asked about before it is removed', async () => {
  const page = await open('/models/loans/settings/monitors');
  const form = page.getByRole('form', { name: 'Add a monitor' });
  await form.getByRole('combobox', { name: 'Add a monitor' }).click();
  await page.getByRole('option', { name: 'Input drift' }).click();
  await form.getByText(/^It would have fired once in the last 14 days, in 1 of 2 columns$/).waitFor();
  await form.getByLabel('Threshold').fill('0.9');
  await form.getByText(/^It would not have fired in the last 14 days$/).waitFor();
  await form.getByLabel('Threshold').fill('9');
  await form.getByRole('alert').waitFor();
  await form.getByLabel('Threshold').fill('0.3');
  await form.getByRole('combobox', { name: 'Columns' }).click();
  await page.getByRole('option', { name: 'age' }).click();
  await form.getByRole('button', { name: 'Add' }).click();
  const row = page.getByRole('row').filter({ hasText: 'people' });
  await row.getByText('age').waitFor();
  await row.getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('button', { name: 'Remove the monitor' }).click();
  await row.waitFor({ state: 'detached' });
});

test('a reference is uploaded, compared and deleted', async () => {
  const page = await open('/models/loans/settings/references');
  await page
    .getByRole('region', { name: 'Upload a reference' })
    .locator('input[type=file]')
    .setInputFiles(file);
  await page.getByRole('table', { name: 'Columns of the table' }).waitFor();
  const form = page.getByRole('form', { name: 'Store the reference' });
  await form.getByLabel('Name').fill('training');
  await form.getByLabel('make it the default').uncheck();
  await form.getByRole('button', { name: 'Store the reference' }).click();
  await page.getByText('training is stored: 40 rows.').waitFor();
  const row = page.getByRole('row').filter({ hasText: 'training' });
  await row.getByRole('button', { name: 'Columns' }).click();
  await page
    .getByText(/^3 of the model’s 4 columns are in training; 1 of training is not in the model\.$/)
    .waitFor();
  await row.getByRole('button', { name: 'Delete training' }).click();
  await page.getByText('No monitor compares with it.').waitFor();
  await page.getByRole('button', { name: 'Delete the reference' }).click();
  await row.waitFor({ state: 'detached' });
});

test('refused events are told by reason, and those of one reason deleted', async () => {
  const page = await open('/settings/rejects');
  const reasons = page.getByRole('table', { name: 'Reasons' });
  await reasons.getByRole('row').filter({ hasText: 'unknown field' }).getByText('3').first().waitFor();
  await reasons.getByRole('button', { name: 'Only these' }).first().click();
  await page.getByRole('button', { name: 'Delete these' }).click();
  await page.getByText(/of loans for “unknown field” is removed for good/).waitFor();
  await page.getByRole('button', { name: 'Delete them' }).click();
  await reasons.getByText('unknown field').waitFor({ state: 'detached' });
});

test('a mistyped model is deleted after its name was typed', async () => {
  const page = await open('/models/laons/settings/remove');
  await page.getByRole('button', { name: 'Delete laons' }).click();
  const yes = page.getByRole('button', { name: 'Delete the model' });
  expect(await yes.isDisabled()).toBe(true);
  await page.getByLabel('Type laons to confirm').fill('laons');
  await yes.click();
  await page.waitForURL((url) => url.pathname === '/');
  expect((await app.json('GET', '/api/v1/models/laons')).status).toBe(404);
});

test('a key is asked about before it is revoked', async () => {
  await app.json('POST', '/api/v1/keys', { name: 'checkout', scopes: ['ingest'] });
  const page = await open('/settings/keys');
  await page.getByRole('button', { name: 'Revoke checkout' }).click();
  await page.getByText(/Whoever uses it is refused from now on/).waitFor();
  await page.getByRole('button', { name: 'Revoke the key' }).click();
  await page.getByText(/^revoked/).waitFor();
});

test('a viewer sees no control that the server would refuse', async () => {
  const { items } = (await app.json('GET', '/api/v1/incidents')).body;
  const paths = [
    '/',
    `/incidents/${items[0].id}`,
    ...['general', 'columns', 'monitors', 'references', 'privacy', 'remove'].map(
      (one) => `/models/loans/settings/${one}`,
    ),
    ...['channels', 'monitors', 'references', 'rejects', 'privacy', 'storage', 'keys', 'people', 'audit'].map(
      (one) => `/settings/${one}`,
    ),
  ];
  const deeds =
    /^(Acknowledge|Resolve|Reopen|Comment only|Save|Add|Upload|Delete|Remove|Revoke|Merge|Send|Make|Lock|Keep)\b/;
  const look = async (path: string) => {
    const page = await open(path, viewer);
    await page.waitForLoadState('networkidle');
    const found = page.getByRole('button', { name: deeds, disabled: false });
    expect({ path, deeds: await found.count() }).toEqual({ path, deeds: 0 });
    const main = page.locator('main');
    for (const control of ['switch', 'textbox', 'checkbox'] as const)
      for (const one of await main.getByRole(control, { disabled: false }).all())
        expect(`${path}: ${await one.getAttribute('aria-label')}`).toMatch(
          /: (Find|Search|Filter|Page|null)/,
        );
    await page.close();
  };
  // A page is looked at once it has been quiet for a while: several wait at once.
  for (let first = 0; first < paths.length; first += 4)
    await Promise.all(paths.slice(first, first + 4).map(look));
}, 240_000);
