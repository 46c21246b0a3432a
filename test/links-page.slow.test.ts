import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { START, seedLoans } from './browser/loans.ts';
import { LOAN_TRACE } from './browser/loans-telemetry.ts';
import { openBrowser } from './browser/open-browser.ts';
import { signIn } from './browser/sign-in.ts';

let now = START + 14 * 86_400_000;
let tilt: TestApp;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
  await seedLoans(tilt, (ms) => {
    now += ms;
  });
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, await tilt.app.adminLink());
});
afterAll(async () => {
  await browser?.close();
  await tilt?.stop();
});

const link = (name: string) => page.getByRole('link', { name, exact: true });
const set = (name: string, where: string[], url: string) =>
  tilt.json('PUT', `/api/v1/links/${name}`, { where, url });

test('an admin adds a link by a preset, is told what is wrong with an address, changes and removes it', async () => {
  await page.goto(`${tilt.address}/settings/links`);
  await page.getByRole('combobox', { name: 'Begin with' }).click();
  await page.getByRole('option', { name: 'Jaeger' }).click();
  await page.getByText('https://jaeger.example.org/trace/4bf92f3577b34da6a3ce929d0e0e4736').waitFor();
  const leads = page.getByLabel('Leads to');
  await leads.fill('javascript:alert({trace_id})');
  await page.getByText(/The address begins with http/).waitFor();
  expect(await page.getByRole('button', { name: 'Add the link' }).isDisabled()).toBe(true);
  await leads.fill('https://jaeger.internal/trace/{trace_id}');
  await page.getByRole('button', { name: 'Add the link' }).click();
  await page.getByRole('button', { name: 'Change Jaeger' }).click();
  await leads.fill('https://jaeger.internal/jaeger/trace/{trace_id}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: 'https://jaeger.internal/jaeger/trace/{trace_id}' }).waitFor();
});

test('it is on the page of a prediction and above its trace, and opens beside the page without a way back', async () => {
  await set('Lines', ['log'], 'https://kibana.internal/?t={trace_id}&s={service}&from={from_iso}');
  const { body } = await tilt.json('GET', '/api/v1/models/loans/predictions?limit=200');
  const { id } = body.items.find(({ trace_id }: { trace_id: string }) => trace_id === LOAN_TRACE);
  await page.goto(`${tilt.address}/models/loans/predictions/${id}`);
  await page
    .getByRole('region', { name: 'Trace', exact: true })
    .getByRole('link', { name: 'Jaeger' })
    .waitFor();
  const found = await link('Jaeger').all();
  expect(found).toHaveLength(2);
  for (const one of found) {
    expect(await one.getAttribute('href')).toBe(`https://jaeger.internal/jaeger/trace/${LOAN_TRACE}`);
    expect(await one.getAttribute('target')).toBe('_blank');
    expect(await one.getAttribute('rel')).toBe('noopener noreferrer');
  }
  const lines = await link('Lines').all();
  expect(lines).toHaveLength(3);
  expect(await lines[0]!.getAttribute('href')).toMatch(
    new RegExp(`^https://kibana.internal/\\?t=${LOAN_TRACE}&s=loans&from=\\d{4}-\\d\\d-\\d\\dT\\d\\d%3A`),
  );
});

test('on the model, its charts and its incidents, with the range that is shown', async () => {
  await set('MLflow', ['model', 'incident'], 'https://mlflow.internal/#/models/{model}');
  await set(
    'Grafana',
    ['series'],
    'https://grafana.internal/?q={metric}&from={from_ms}&to={to_ms}&job={job}',
  );
  await page.goto(`${tilt.address}/models/loans?from=2012-07-03T00:00:00Z&to=2012-07-10T00:00:00Z`);
  await link('MLflow').waitFor();
  await page.goto(`${tilt.address}/models/loans?preset=all`);
  await page.getByRole('heading', { name: 'loans', level: 1 }).waitFor();
  // Who searches a page gets all of it.
  await page.keyboard.press('Control+f');
  const charts = link('Grafana');
  await charts.first().waitFor();
  const { searchParams } = new URL((await charts.first().getAttribute('href'))!);
  expect(searchParams.get('job')).toBe('loans');
  expect(searchParams.get('q')).not.toBe('');
  expect(Number(searchParams.get('to'))).toBeGreaterThan(Number(searchParams.get('from')));
  const [incident] = (await tilt.json('GET', '/api/v1/incidents?model=loans')).body.items;
  await page.goto(`${tilt.address}/incidents/${incident.id}`);
  await link('MLflow').waitFor();
  expect(await link('MLflow').getAttribute('href')).toBe('https://mlflow.internal/#/models/loans');
});

test('who may only read sees the links, and nothing to change them with', async () => {
  await tilt.json('POST', '/api/v1/users', { email: 'v@example.org', name: 'v', role: 'viewer' });
  const users = (await tilt.json('GET', '/api/v1/users?limit=100')).body.items;
  const { id } = users.find(({ email }: { email: string }) => email === 'v@example.org');
  const made = await tilt.json('POST', `/api/v1/users/${id}/link`);
  const other = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  other.setDefaultTimeout(60_000);
  await signIn(other, made.body.url);
  await other.goto(`${tilt.address}/settings/links`);
  await other.getByText('Jaeger', { exact: true }).waitFor();
  expect(await other.getByRole('button', { name: /Change|Remove|Add the link/ }).count()).toBe(0);
  const beyond = Number(await other.evaluate('document.documentElement.scrollWidth - innerWidth'));
  expect(beyond).toBeLessThanOrEqual(0);
});
