import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { START, seedLoans } from './browser/loans.ts';
import { openBrowser } from './browser/open-browser.ts';
import { type DashboardPage, everyPage, SIZES } from './browser/pages.ts';
import { signIn } from './browser/sign-in.ts';

/** No page keeps anyone out. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DAY = 86_400_000;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

let now = START + 14 * DAY;
let tilt: TestApp;
let browser: Browser;
let context: BrowserContext;
let pages: DashboardPage[];

beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now });
  await seedLoans(tilt, (ms) => {
    now += ms;
  });
  pages = await everyPage(tilt, 'loans');
  browser = await openBrowser();
  // What is tested may be looked at by a script that the page's own policy would not let in.
  context = await browser.newContext({ bypassCSP: true });
  const first = await context.newPage();
  await signIn(first, await tilt.app.adminLink());
  await first.getByRole('navigation', { name: 'Main' }).waitFor();
  await first.close();
});
afterAll(async () => {
  await browser?.close();
  await tilt?.stop();
});

async function settled(page: Page): Promise<void> {
  // All of it, also what comes when the reader is near.
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  await page.waitForLoadState('networkidle');
  await page.waitForFunction("document.querySelector('[aria-label=Loading]') === null");
  // What is told of a new size is drawn anew in a task behind the frame.
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestIdleCallback(() => done())))',
  );
}

/** Pixels beyond the screen, once they are none or have had a second to become none. */
async function leastBeyond(page: Page): Promise<number> {
  const beyond = 'document.documentElement.scrollWidth - innerWidth';
  await page.waitForFunction(`${beyond} <= 0`, undefined, { timeout: 1000 }).catch(() => undefined);
  return Number(await page.evaluate(beyond));
}

/** What axe finds, and finds again once the page has had its time: a box may be measured between two looks. */
async function violations(page: Page, where: string): Promise<string[]> {
  const first = await looked(page, where);
  if (first.length === 0) return [];
  await settled(page);
  return looked(page, where);
}

async function looked(page: Page, where: string): Promise<string[]> {
  const found = (await page.evaluate(
    // what is pressed is as large as a finger needs, or has room around it
    "axe.run(document, { rules: { 'target-size': { enabled: true } } }).then((result) => result.violations)",
  )) as Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html }) => `${where}: ${id}: ${html.slice(0, 200)}`),
  );
}

test('axe finds nothing on any page, light, dark and on a phone, and nothing lies beyond the screen at any width', async () => {
  const found: string[] = [];
  for (const { name, path } of pages) {
    const page = await context.newPage();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(tilt.address + path);
    await settled(page);
    await page.evaluate(AXE);
    found.push(...(await violations(page, `${name}, light`)));
    await page.emulateMedia({ colorScheme: 'dark' });
    found.push(...(await violations(page, `${name}, dark`)));
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await settled(page);
      // A page is laid out anew when it is told of its new size.
      const beyond = await leastBeyond(page);
      if (beyond > 0) found.push(`${name} at ${size.width}: ${beyond} px beyond the screen`);
      if (size.width === 390) found.push(...(await violations(page, `${name}, phone`)));
    }
    await page.close();
  }
  expect(found).toEqual([]);
});
