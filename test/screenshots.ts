/**
 * Takes the pictures of docs/screenshots from a running demo, light and dark:
 *
 *     npm run demo                                                      # in another terminal
 *     node test/screenshots.ts 'http://127.0.0.1:8765/login#token=…'    # the sign-in link it printed; needs pngquant
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { drawn } from './browser/drawn.ts';
import { openBrowser } from './browser/open-browser.ts';
import { takePicture } from './browser/picture.ts';
import { signIn } from './browser/sign-in.ts';

const FOLDER = join(import.meta.dirname, '../docs/screenshots');

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly width?: number;
  readonly height?: number;
}

interface Ids {
  readonly incident: string;
  readonly prediction: string;
}

/** The worst incident, and the newest prediction of bicycles. */
async function idsOf(context: BrowserContext, origin: string): Promise<Ids> {
  const items = async <Item>(path: string) => {
    const reply = await context.request.get(`${origin}/api/v1${path}`);
    return ((await reply.json()) as { items: Item[] }).items;
  };
  const incidents = await items<{ id: string; priority: string }>('/incidents');
  const [worst] = incidents.sort((a, b) => a.priority.localeCompare(b.priority));
  if (worst === undefined) throw new Error('The demo has found no incident yet');
  const [newest] = await items<{ id: string }>('/models/bike-demand/predictions?limit=1');
  return { incident: worst.id, prediction: newest!.id };
}

const PHONE = { width: 390, height: 844 } as const;

function shots({ incident, prediction }: Ids): Shot[] {
  return [
    { name: 'fleet', path: '/', height: 560 },
    { name: 'fleet-phone', path: '/', ...PHONE },
    { name: 'model', path: '/models/income-check?preset=all', height: 1200 },
    { name: 'model-regression', path: '/models/bike-demand?preset=all', height: 1200 },
    { name: 'model-phone', path: '/models/income-check?preset=all', ...PHONE },
    { name: 'quality', path: '/models/income-check/quality?preset=all', height: 1200 },
    { name: 'quality-phone', path: '/models/income-check/quality?preset=all', ...PHONE },
    { name: 'segments', path: '/models/income-check/segments?preset=all', height: 1000 },
    { name: 'segments-phone', path: '/models/income-check/segments?preset=all', ...PHONE },
    { name: 'fairness', path: '/models/income-check/fairness?preset=all', height: 1000 },
    { name: 'versions', path: '/models/income-check/versions?preset=all', height: 480 },
    { name: 'explain', path: '/models/income-check/explain?preset=all', height: 640 },
    { name: 'column', path: '/models/bike-demand/columns/temp?preset=all', height: 1000 },
    { name: 'column-categories', path: '/models/income-check/columns/workclass?preset=all', height: 1000 },
    { name: 'incident', path: `/incidents/${incident}`, height: 1000 },
    { name: 'incident-phone', path: `/incidents/${incident}`, ...PHONE },
    { name: 'incidents', path: '/incidents', height: 400 },
    { name: 'incidents-phone', path: '/incidents', ...PHONE },
    { name: 'on-call', path: '/on-call', height: 1000 },
    { name: 'on-call-phone', path: '/on-call', ...PHONE },
    { name: 'settings-channels', path: '/settings/channels', height: 700 },
    { name: 'settings-actions', path: '/settings/actions', height: 700 },
    {
      name: 'predictions',
      path: '/models/income-check/predictions?preset=all&where=workclass:missing',
      height: 700,
    },
    { name: 'prediction', path: `/models/bike-demand/predictions/${prediction}`, height: 600 },
    { name: 'review', path: '/models/income-check/review', height: 900 },
    { name: 'model-settings', path: '/models/income-check/settings/columns', height: 860 },
    { name: 'import', path: '/import?model=income-check', height: 480 },
    { name: 'settings-keys', path: '/settings/keys', height: 480 },
    { name: 'settings-monitors', path: '/settings/monitors?model=bike-demand', height: 860 },
    { name: 'settings-storage', path: '/settings/storage', height: 860 },
    { name: 'settings-audit', path: '/settings/audit', height: 560 },
  ];
}

async function main(link: string | undefined): Promise<void> {
  if (link === undefined) throw new Error('Give the sign-in link that the demo printed');
  const { origin } = new URL(link);
  await mkdir(FOLDER, { recursive: true });
  const browser = await openBrowser();
  try {
    const context = await browser.newContext();
    const first = await context.newPage();
    await signIn(first, link);
    await first.getByRole('navigation', { name: 'Main' }).waitFor();
    for (const shot of shots(await idsOf(context, origin))) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await context.newPage();
        await page.setViewportSize({ width: shot.width ?? 1440, height: shot.height ?? 900 });
        await page.emulateMedia({ colorScheme });
        await page.goto(origin + shot.path);
        await drawn(page);
        await takePicture(page, join(FOLDER, `${shot.name}-${colorScheme}.png`));
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
}

try {
  await main(process.argv[2]);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
