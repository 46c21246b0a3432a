import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { START, seedLoans } from './browser/loans.ts';
import { openBrowser } from './browser/open-browser.ts';
import { signIn } from './browser/sign-in.ts';

/** How one finds things: predictions by what became of them, anything by name, any stretch of time; on a phone as well. */
const DAY = 86_400_000;
let now = START + 14 * DAY;
let tilt: TestApp;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
  await seedLoans(tilt, (ms) => {
    now += ms;
  });
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const first = await context.newPage();
  await signIn(first, await tilt.app.adminLink());
  await first.getByRole('navigation', { name: 'Main' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await tilt?.stop();
});
afterEach(async () => {
  for (const page of context?.pages() ?? []) await page.close();
});

async function open(path: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(tilt.address + path);
  return page;
}

const search = (page: Page) => new URL(page.url()).searchParams;
const total = async (query: string) =>
  (await tilt.json('GET', `/api/v1/models/loans/predictions?total=true&limit=1&${query}`)).body.total
    .n as number;

describe('predictions', () => {
  test('those that were wrong, counted, sorted by score, as a file; back from a record all is as it was', async () => {
    const page = await open('/models/loans/predictions?preset=all');
    await page.getByRole('combobox', { name: 'Outcome' }).click();
    await page.getByRole('option', { name: 'Wrong' }).click();
    await page.waitForURL(/where=_correct:eq:false/);
    const wrong = await total('where=_correct:eq:false');
    await page.getByText(`${wrong.toLocaleString('en-GB')} predictions`).waitFor();

    await page.getByRole('button', { name: 'Score' }).click();
    await page.waitForURL(/sort=_score:desc/);
    await page
      .getByRole('columnheader', { name: 'Score' })
      .and(page.locator('[aria-sort=descending]'))
      .waitFor();
    const { body } = await tilt.json(
      'GET',
      '/api/v1/models/loans/predictions?where=_correct:eq:false&sort=_score:desc&limit=1',
    );
    const first = page.getByRole('table', { name: 'Predictions' }).getByRole('link').first();
    await page.getByRole('link', { name: body.items[0].id, exact: true }).waitFor();
    expect(await first.textContent()).toBe(body.items[0].id);

    await page.getByRole('button', { name: 'Export' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(wrong + 1);

    await first.click();
    await page.getByRole('heading', { level: 1, name: `loans / ${body.items[0].id}` }).waitFor();
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await page.waitForURL(
      /where=_correct:eq:false.*sort=_score:desc|sort=_score:desc.*where=_correct:eq:false/,
    );
    await page.getByText(`${wrong.toLocaleString('en-GB')} predictions`).waitFor();
  });

  test('what is new appears by itself, but not while text is selected', async () => {
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(
      `${tilt.address}/models/loans/predictions?from=2026-02-20T00:00:00Z&to=2026-02-21T00:00:00Z`,
    );
    await page.getByText('No prediction matches').waitFor();
    const send = (id: string) =>
      tilt.json('POST', '/api/v1/predictions', {
        model: 'loans',
        id,
        time: '2026-02-20T12:00:00Z',
        prediction: 'approve',
      });
    await send('fresh-1');
    await page.clock.fastForward('00:16');
    await page.getByRole('link', { name: 'fresh-1' }).waitFor();
    await page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))");
    await page.getByText('paused while text is selected').waitFor();
    await page.evaluate('getSelection().removeAllRanges()');
    await page.getByText('refreshed every 15 s').waitFor();
  });
});

describe('search', () => {
  async function type(text: string): Promise<Page> {
    const page = await open('/');
    await page.getByRole('row').filter({ hasText: 'loans' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByLabel(/^Search for a model/).fill(text);
    return page;
  }

  test('finds a column of any model', async () => {
    const page = await type('incom');
    await page.getByRole('link', { name: 'income column of loans' }).click();
    await page.getByRole('heading', { level: 1, name: 'loans / income' }).waitFor();
  });

  test('finds a prediction by its id', async () => {
    const id = `loan-${START}`;
    const page = await type(id);
    await page.getByRole('link', { name: `${id} prediction of loans` }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `loans / ${id}` }).waitFor();
  });

  test('says what can be found when nothing is', async () => {
    const page = await type('nobody-knows-it');
    await page.getByText('No results').waitFor();
  });
});

describe('time', () => {
  const control = (page: Page) => page.getByRole('button', { name: /UTC$/ });

  test('a preset by keyboard is in the URL, and the next visit begins with it', async () => {
    const page = await open('/models/loans?preset=all');
    await control(page).waitFor();
    await page.keyboard.press('t');
    await page.getByRole('button', { name: 'All data', exact: true }).focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL(/preset=7d/);
    const again = await open('/models/loans');
    await control(again).waitFor();
    expect(await control(again).textContent()).toContain('Last 7 days');
  });

  test('moments are typed as the page writes them; zooming out and resetting go back', async () => {
    const page = await open('/models/loans?preset=all');
    await control(page).click();
    await page.getByLabel('From').fill('5 Mar 2026 06:00');
    await page.getByLabel('To', { exact: true }).fill('2026-03-07');
    await page.getByRole('button', { name: 'Show this range' }).click();
    await page.waitForURL(/from=/);
    expect([search(page).get('from'), search(page).get('to')]).toEqual([
      '2026-03-05T06:00:00Z',
      '2026-03-07T00:00:00Z',
    ]);
    await page.getByRole('banner').getByRole('button', { name: 'Zoom out' }).click();
    await page.waitForURL(/from=2026-03-04T09:00:00Z/);
    await page.getByRole('button', { name: 'Reset the time range' }).click();
    await page.waitForURL((url) => !url.searchParams.has('from'));
  });

  test('a range around an incident is one click', async () => {
    const { body } = await tilt.json('GET', '/api/v1/incidents?model=loans');
    const [incident] = body.items;
    const page = await open('/models/loans?preset=all');
    await control(page).click();
    await page.getByRole('button', { name: `${incident.priority} ${incident.title}` }).click();
    await page.waitForURL(/from=/);
    expect(Date.parse(search(page).get('from')!)).toBeLessThan(Date.parse(incident.started_at));
    expect(Date.parse(search(page).get('to')!)).toBeGreaterThan(Date.parse(incident.started_at));
  });

  test('refreshing is asked for at once, and switched off', async () => {
    const page = await open('/');
    await page.getByRole('row').filter({ hasText: 'loans' }).waitFor();
    await page.waitForLoadState('networkidle');
    const asked = page.waitForRequest(/\/api\/v1\/models\?/);
    await page.keyboard.press('r');
    await asked;
    await page.getByRole('button', { name: 'Refresh: Every 15 s' }).click();
    await page.getByRole('menuitem', { name: 'Off' }).click();
    await page.getByRole('button', { name: 'Refresh: Off' }).waitFor();
    expect(await page.evaluate("localStorage.getItem('tiltmeter-refresh')")).toBe('off');
    await page.evaluate("localStorage.removeItem('tiltmeter-refresh')");
  });
});

test('charts are compared with another time: its dates, the difference, and the threshold that still holds', async () => {
  const page = await open('/models/loans?from=2026-03-11T00:00:00Z&to=2026-03-15T00:00:00Z');
  await page.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: 'Same time a week before' }).click();
  await page.waitForURL(/compare=week/);
  await page
    .getByText('11 Mar – 15 Mar 2026 (blue) compared with 4 Mar – 8 Mar 2026 (grey)', { exact: true })
    .waitFor();
  const told = /before.*difference −0\.\d+ \(−\d+ %\).*threshold 0\.\d+/;
  await page.locator('[data-figures]').filter({ hasText: told }).first().waitFor();
});

test('tables are sorted by their heads, and the URL says so', async () => {
  await tilt.json('POST', '/api/v1/models', { id: 'another' });
  const page = await open('/');
  const names = () => page.getByRole('table', { name: 'Models' }).getByRole('link').allTextContents();
  await page.getByRole('link', { name: 'another' }).waitFor();
  expect(await names()).toEqual(['loans', 'another']);
  await page.getByRole('columnheader', { name: 'Model' }).first().getByRole('button').click();
  await page.waitForURL(/sort=model:asc/);
  expect(await names()).toEqual(['another', 'loans']);
});

describe('on a phone', () => {
  test('the fleet and the incidents say what is failing without scrolling sideways', async () => {
    const page = await open('/');
    await page.setViewportSize({ width: 390, height: 844 });
    const card = page
      .getByRole('list', { name: 'Models' })
      .getByRole('listitem')
      .filter({ hasText: 'loans' });
    await card.getByRole('img', { name: 'Data: failing' }).waitFor();
    expect(await card.getByRole('img', { name: 'Model: failing' }).isVisible()).toBe(true);
    const { x, width } = (await card.boundingBox())!;
    expect(x + width).toBeLessThanOrEqual(390);
    await page.getByRole('link', { name: /^Incidents/ }).click();
    const incident = page.getByRole('list', { name: 'Incidents' }).getByRole('listitem').first();
    await incident.getByText(/^(open|acknowledged)$/).waitFor();
    const bar = (await page.getByRole('banner').boundingBox())!;
    expect(bar.height).toBeLessThanOrEqual(48);
  });
});

test('words that were once cut, out of their box, without a unit or only seen by the pointer are on the page', async () => {
  const fleet = await open('/');
  const row = fleet.getByRole('row').filter({ hasText: 'loans' });
  await row.waitFor();
  // How many and how urgent; in the middle of its box.
  const badge = row.getByTitle(/^\d+ × P1: look now$/);
  expect(await badge.textContent()).toMatch(/^\d+\s×\sP1$/);
  const beside = await fleet.evaluate<number>(`{
    const box = document.querySelector('tr [title$=": look now"], [role=row] [title$=": look now"]');
    const range = document.createRange();
    range.selectNodeContents(box);
    const [text, all] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
    Math.abs(text.left - all.left - (all.right - text.right));
  }`);
  expect(beside).toBeLessThan(1);
  // Traffic over how long.
  await row.getByText(/^ ?in \d+ (h|d)/).waitFor();

  const column = await open('/models/loans/columns/age?preset=all');
  const reference = column.getByRole('combobox', { name: 'Reference' });
  await expect.poll(() => reference.inputValue()).toBe('First week');
  expect(
    await column.evaluate(`{
    const field = document.querySelector('input[aria-label=Reference]');
    field.scrollWidth - field.clientWidth;
  }`),
  ).toBe(0);

  // What is hatched says why beside the chart, not only under the pointer.
  const model = await open('/models/loans?preset=all');
  await model.getByText('still open (labels to come)').first().waitFor();
});

test('between a phone and a wall the bar is one line, and an incident uses the room there is', async () => {
  const { body } = await tilt.json('GET', '/api/v1/incidents?model=loans');
  const page = await open(`/incidents/${body.items[0].id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  for (const width of [768, 1024, 1101, 1280, 1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    const search = page.getByRole('button', { name: 'Search Ctrl K' });
    const { height } = (await search.boundingBox())!;
    expect(height, `the search at ${width}`).toBeLessThanOrEqual(30);
    const cut = `{
      const button = document.querySelector('[aria-label="Search Ctrl K"]');
      button.scrollWidth - button.clientWidth;
    }`;
    expect(await page.evaluate<number>(cut), `cut at ${width}`).toBeLessThanOrEqual(0);
    const used = (await page.getByRole('article').boundingBox())!.width / width;
    expect(used, `of ${width}`).toBeGreaterThan(width === 2560 ? 0.6 : 0.9);
  }
});

test('an answer that does not come is one sentence with what is shown instead, and the page stays', async () => {
  const page = await open('/');
  const row = page.getByRole('row').filter({ hasText: 'loans' });
  await row.waitFor();
  await page.waitForLoadState('networkidle');
  await page.route('**/api/v1/models?*', (route) => route.abort());
  await page.keyboard.press('r');
  const alert = page.getByRole('alert').filter({ hasText: 'The models' });
  await alert.waitFor();
  expect(await alert.textContent()).toContain(
    'The models could not be read: The server did not answer. What is shown is the last answer.',
  );
  expect(await row.isVisible()).toBe(true);
});

test('an address that leads nowhere has the frame of every page', async () => {
  const page = await open('/models/loans/nothing');
  await page.getByRole('heading', { level: 1, name: 'Page not found' }).waitFor();
  expect(await page.getByRole('banner').count()).toBe(1);
  await page.goto(new URL('/nothing/here', page.url()).href);
  await page.getByRole('heading', { level: 1, name: 'Page not found' }).waitFor();
  expect(await page.getByRole('banner').count()).toBe(1);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Fleet' }).click();
  await page.getByRole('row').filter({ hasText: 'loans' }).waitFor();
});

test('the first load is never blank: the frame is there before the code', async () => {
  const page = await context.newPage();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/assets/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${tilt.address}/`, { waitUntil: 'commit' });
  await page.getByRole('status', { name: 'Loading' }).waitFor();
  expect(await page.getByText('Tiltmeter').isVisible()).toBe(true);
  release();
  await page.getByRole('row').filter({ hasText: 'loans' }).waitFor();
});
