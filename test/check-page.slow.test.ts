import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { profileHtmlReport } from '../check/profile/report/html.ts';
import { column as profiled, profileOf } from '../check/profile/report/profile.testing.ts';
import { htmlReport } from '../check/report/html.ts';
import { column, HOSTILE, reportOf } from '../check/report/report.testing.ts';
import { openBrowser } from './browser/open-browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-page-'));
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (report: Parameters<typeof htmlReport>[0], colorScheme?: 'light' | 'dark') =>
  openPage(htmlReport(report), colorScheme);

/** A page opened from disk; whatever it prints or throws is collected. */
async function openPage(html: string, colorScheme: 'light' | 'dark' = 'light') {
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const page = await browser.newPage({ colorScheme });
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return { page, said };
}

const numbers = column('amount', 'drift', 1, {
  type: 'numeric',
  reasons: ['values shifted up by 0.8 σ; JS distance 0.31, interval 0.27–0.35, threshold 0.10'],
  histogram: { edges: [0, 10, 20, 30], scale: 'linear', reference: [60, 30, 10], current: [10, 30, 60] },
  summary: {
    ...column('', 'ok', 0).summary,
    mean: { reference: 11.5, current: 18.25 },
  },
});
const report = reportOf([
  numbers,
  column('country', 'quality', 2),
  ...Array.from({ length: 300 }, (_, i) => column(`fine_${i}`, 'ok', i + 3)),
  column('id', 'skipped', 303, { bins: [] }),
]);
const styleOf = (page: Page, property: string) =>
  page.evaluate<string>(`getComputedStyle(document.body).${property}`);
const names = (page: Page) => page.locator('.name').allTextContents();

test('the first failing column is open: sentence, chart, counts, tests with n', async () => {
  const { page, said } = await open(report);
  await page.getByRole('heading', { level: 1 }).getByText('■ Fail').waitFor();
  const detail = page.locator('.detail');
  expect(await detail.count()).toBe(1);
  const text = (await detail.allInnerTexts()).join();
  expect(text).toContain('Values shifted up by 0.8 σ; JS distance 0.31, interval 0.27–0.35, threshold 0.10.');
  expect(text).toContain('reference, n = 100');
  expect(text).toMatch(/mean\s+11\.5\s+18\.25/);
  expect(text).toMatch(/chi_square\s+12\s+< 1e−300/);
  expect(await detail.locator('svg.chart rect').count()).toBeGreaterThan(6);
  await detail.getByText('Counts in the 3 frozen bins').click();
  expect((await detail.allInnerTexts()).join()).toMatch(/a\s+50\s+50 %\s+10\s+10 %\s+−40/);
  expect(said).toEqual([]);
  await page.close();
});

test('a metric that the verdict says is worse is red with its mark, the others are not, and each says what it is', async () => {
  const metric = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
  const { performance } = reportOf([]);
  const { page } = await open(
    reportOf([], {
      performance: {
        ...performance,
        degraded: true,
        reasons: ['roc_auc fell from 0.81 (0.8–0.82) to 0.59 (0.58–0.6)'],
        intervals: {
          reference: { roc_auc: metric(0.81), accuracy: metric(0.75) },
          current: { roc_auc: metric(0.59), accuracy: metric(0.74) },
          estimated: null,
        },
      },
    }),
  );
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  expect(await row('roc_auc').getByRole('cell').allTextContents()).toEqual([
    '0.810 (0.800–0.820)',
    '0.590 (0.580–0.600)',
    '■ −0.22',
    'chance that a positive row is scored above a negative one; 0.5 = as good as chance, 1 = always',
  ]);
  expect(await row('roc_auc').locator('.bad').allTextContents()).toEqual(['■ −0.22']);
  expect(await row('accuracy').locator('.bad').count()).toBe(0);
  await page.close();
});

test('finds, filters and sorts; the address keeps it', async () => {
  const { page, said } = await open(report);
  expect((await names(page)).slice(0, 3)).toEqual(['amount', 'country', 'fine_0']);
  expect(await names(page)).toHaveLength(100);
  await page.getByRole('button', { name: '■ quality 1' }).click();
  expect(await names(page)).toEqual(['country']);
  await page.getByRole('button', { name: '■ quality 1' }).click();
  await page.getByRole('searchbox').fill('FINE_29');
  expect(await names(page)).toEqual(['fine_29', ...Array.from({ length: 10 }, (_, i) => `fine_29${i}`)]);
  await page.reload();
  expect(await names(page)).toHaveLength(11);
  await page.getByRole('searchbox').fill('nowhere');
  await page.getByText('No column fits.').waitFor();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'column', exact: true }).click();
  expect((await names(page))[1]).toBe('country');
  await page.getByRole('button', { name: 'column', exact: true }).click();
  expect((await names(page))[0]).toBe('id');
  expect(await page.getByRole('columnheader', { name: 'column' }).getAttribute('aria-sort')).toBe(
    'descending',
  );
  await page.getByRole('button', { name: /show more of 303/ }).click();
  expect(await names(page)).toHaveLength(303);
  expect(said).toEqual([]);
  await page.close();
});

test('the keyboard does all of it', async () => {
  const { page } = await open(report);
  await page.keyboard.press('/');
  await page.keyboard.type('country');
  expect(await names(page)).toEqual(['country']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const button = page.getByRole('button', { name: 'country' });
  expect(await button.getAttribute('aria-expanded')).toBe('true');
  expect(await button.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);
  expect(await page.locator('.detail svg.chart').count()).toBe(1);
  await page.keyboard.press('Enter');
  expect(await page.locator('.detail').count()).toBe(0);
  await page.close();
});

test('hostile names are text, in the list, in the detail and in the chart', async () => {
  const columns = HOSTILE.map((name, i) =>
    column(name, 'drift', i + 1, {
      reasons: [name],
      bins: [{ label: name, kind: 'category', reference: 1, current: 2 }],
    }),
  );
  const { page, said } = await open(reportOf(columns, { notes: [...HOSTILE] }));
  for (const button of await page.locator('.name[aria-expanded=false]').all())
    await button.click({ trial: true });
  for (let i = 1; i < HOSTILE.length; i++) await page.locator(`#c${i}`).click();
  expect(await page.locator('.detail').count()).toBe(HOSTILE.length);
  expect(await page.title()).toBe('Tiltmeter check: fail');
  expect(await page.locator('img').count()).toBe(0);
  expect(await names(page)).toEqual([...HOSTILE]);
  expect(said).toEqual([]);
  await page.close();
});

test('ink on ground is readable in both themes', async () => {
  for (const scheme of ['light', 'dark'] as const) {
    const { page } = await open(report, scheme);
    const [ink, ground] = [await styleOf(page, 'color'), await styleOf(page, 'backgroundColor')];
    const light = (colour: string) => Number(/\d+/.exec(colour)![0]);
    expect(Math.abs(light(ink) - light(ground))).toBeGreaterThan(180);
    await page.getByRole('button', { name: 'light / dark' }).click();
    expect(await styleOf(page, 'backgroundColor')).not.toBe(ground);
    await page.close();
  }
});

test('in a sandboxed frame, as a notebook shows it, the page works too', async () => {
  const page = await browser.newPage();
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(error.message));
  const source = htmlReport(report).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  await page.setContent(
    `<iframe width="1100" height="720" sandbox="allow-scripts" srcdoc="${source}"></iframe>`,
  );
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'country' }).click();
  expect(await frame.locator('.detail').count()).toBe(2);
  expect(said).toEqual([]);
  await page.close();
});

test('the page of a profile: remarks, figures, a chart of one table', async () => {
  const age = profiled('age', {
    type: 'numeric',
    mean: 41.5,
    quantiles: { p1: 18, p5: 20, p25: 30, p50: 40, p75: 50, p95: 65, p99: 70 },
    top: [],
    histogram: { edges: [0, 40, 80], scale: 'linear', counts: [50, 40] },
    remarks: [],
  });
  const columns = [age, ...HOSTILE.map((name) => profiled(name)), profiled('note', { remarks: [] })];
  const { page, said } = await openPage(profileHtmlReport(profileOf(columns)));
  expect(await names(page)).toEqual(['age', ...HOSTILE, 'note']);
  // the first with a warning is open
  expect((await page.locator('.detail').allInnerTexts()).join()).toContain(
    '50 % of its values read as numbers',
  );
  await page.getByRole('button', { name: '● ok 2' }).click();
  await page.getByRole('button', { name: 'age' }).click();
  const detail = (await page.locator('.detail').allInnerTexts()).join();
  expect(detail).toContain('rows, n = 100');
  expect(detail).toMatch(/mean\s+1 %\s+5 %\s+25 %\s+50 %/);
  expect(await page.locator('.detail svg.chart').count()).toBe(1);
  expect(await page.locator('img').count()).toBe(0);
  expect(said).toEqual([]);
  await page.close();
});
