/**
 * Pictures of every page, at five widths, light and dark, to be looked at. Seeds a server of its own, or takes a running one:
 *
 *     node test/every-page.ts FOLDER
 *     node test/every-page.ts FOLDER --address http://127.0.0.1:8765 --key KEY --link 'http://…/login#token=…' --model bike-demand
 *     node test/every-page.ts FOLDER --pages fleet,incident --widths 390,1440 --themes light
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startTestApp, type TestApp } from './app.ts';
import { drawn } from './browser/drawn.ts';
import { START, seedLoans } from './browser/loans.ts';
import { openBrowser } from './browser/open-browser.ts';
import { everyPage, SIZES } from './browser/pages.ts';
import { signIn } from './browser/sign-in.ts';

const DAY = 86_400_000;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    address: { type: 'string' },
    key: { type: 'string' },
    link: { type: 'string' },
    model: { type: 'string', default: 'loans' },
    pages: { type: 'string' },
    widths: { type: 'string' },
    themes: { type: 'string', default: 'light,dark' },
  },
});

interface Server {
  readonly address: string;
  readonly link: string;
  readonly json: TestApp['json'];
  readonly stop: () => Promise<void>;
}

async function seeded(): Promise<Server> {
  let now = START + 14 * DAY;
  const app = await startTestApp({ clock: () => now });
  await seedLoans(app, (ms) => {
    now += ms;
  });
  return { address: app.address, link: await app.app.adminLink(), json: app.json, stop: () => app.stop() };
}

function running(address: string, key: string, link: string): Server {
  const json: TestApp['json'] = async (method, path) => {
    const reply = await fetch(address + path, { method, headers: { authorization: `Bearer ${key}` } });
    // biome-ignore lint/suspicious/noExplicitAny: replies of every shape, as in TestApp
    return { status: reply.status, headers: reply.headers, body: (await reply.json()) as any };
  };
  return { address, link, json, stop: async () => undefined };
}

const listed = (text: string | undefined, name: string | number) =>
  text === undefined || text.split(',').includes(String(name));

async function main(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error('Say which folder the pictures go to');
  await mkdir(folder, { recursive: true });
  const { address, key, link, model } = values;
  const server = address && key && link ? running(address, key, link) : await seeded();
  const browser = await openBrowser();
  try {
    const context = await browser.newContext();
    const first = await context.newPage();
    await signIn(first, server.link);
    await first.getByRole('navigation', { name: 'Main' }).waitFor();
    await first.close();
    for (const { name, path } of await everyPage(server, model)) {
      if (!listed(values.pages, name)) continue;
      for (const colorScheme of values.themes.split(',') as ('light' | 'dark')[]) {
        for (const size of SIZES) {
          if (!listed(values.widths, size.width)) continue;
          const page = await context.newPage();
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme });
          await page.goto(server.address + path);
          await drawn(page);
          // All of it, also what comes when the reader is near.
          await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
          await page.waitForLoadState('networkidle');
          // As high as the page is, so that everything is in view: what is not, is not drawn.
          const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
          await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
          await drawn(page);
          await page.screenshot({
            path: join(folder, `${name}-${size.width}-${colorScheme}.png`),
            fullPage: true,
          });
          const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
          if (Number(wide) > 0) console.log(`${name} at ${size.width}: ${wide} px beyond the screen`);
          await page.close();
        }
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

try {
  await main(positionals[0]);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
