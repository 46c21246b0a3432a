import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { page as metrics, scraped, startScraping } from '../server/telemetry/scrape/scrape.testing.ts';
import { openBrowser } from './browser/open-browser.ts';
import { signIn } from './browser/sign-in.ts';
import { until } from './until.ts';

let world: Awaited<ReturnType<typeof startScraping>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  world = await startScraping();
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await signIn(page, await world.tilt.app.adminLink());
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const open = () => page.goto(`${world.tilt.address}/settings/scraping`);

test('a file without targets says what to do', async () => {
  await open();
  await page.getByText('The file names no target.').waitFor();
});

test('the worst target stands first, with what is wrong and what to do; what of the file is not used is told', async () => {
  const { pages, job, configure, list, tilt } = world;
  pages.set('/well', metrics('a 1\nb 2\n'));
  pages.set('/some', metrics('a 1\nbad one\n'));
  await configure(
    job('well'),
    job('some'),
    job('gone'),
    job('relabelled', { relabel_configs: [] }),
    job('quiet', { metrics_path: '/well', scrape_interval: '1d' }),
  );
  await until(async () => {
    await tilt.app.runJob('scrape');
    const { items } = await list();
    return items.length === 4 && items.every((target) => target.job === 'quiet' || scraped(target));
  });
  await open();
  await page.getByText('4 targets: 1 down, 1 in part,').waitFor();
  const rows = page.getByRole('table', { name: 'Targets of scrapes' }).locator('tbody tr');
  expect(await rows.first().textContent()).toMatch(
    /down.*gone.*It answers 404 Not Found\. For 401 and 403 give its job credentials/,
  );
  expect(await rows.nth(1).textContent()).toMatch(
    /in part.*some.*2, 1 refused.*1 sample not stored: line 2: "one" is no number/,
  );
  const problems = page.getByRole('list', { name: 'What of the file is not used' });
  expect(await problems.textContent()).toMatch(/Job relabelled: .*relabel_configs/);
  if (process.env.PICTURES !== undefined) {
    await page.screenshot({ path: `${process.env.PICTURES}/scraping.png`, fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${process.env.PICTURES}/scraping-phone.png`, fullPage: true });
  }
});
