import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { openBrowser } from './browser/open-browser.ts';
import { everyPage } from './browser/pages.ts';
import { signIn } from './browser/sign-in.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 1);
const HOURS = 12 * 24;
const SHIFT = 9 * 24;

/** What would run if a page took it for markup. */
const markup = (n: number) => `<img src=x onerror=window.hit=${n}>`;
const AMOUNT = markup(1);
const PLACE = '<svg onload=window.hit=2>';
const SCRIPT = '"><script>window.hit=3</script>';
const LINK = 'javascript:window.hit=4';
const YES = '<b onmouseover=window.hit=5>yes';

let now = START + HOURS * HOUR + HOUR;
let tilt: TestApp;
let browser: Browser;
let context: BrowserContext;

/** Everything that senders, editors and admins may call something is called so. */
async function seed(): Promise<void> {
  const must = async (method: string, path: string, body: unknown) => {
    const reply = await tilt.json(method, `/api/v1${path}`, body);
    expect([path, reply.status, reply.status < 300 ? '' : reply.body]).toEqual([
      path,
      expect.any(Number),
      '',
    ]);
    return reply.body;
  };
  await must('POST', '/models', {
    ...{ id: 'hostile', name: markup(6), task: 'binary', owner: markup(7), description: SCRIPT },
    ...{
      positive_label: YES,
      runbook: LINK,
      tags: [PLACE],
      impact: { false_positive: -5, unit: '<u onload=a>' },
    },
    ...{ segments: [PLACE, 'variant', [PLACE, 'account']], protected: [PLACE] },
    sources: [{ name: markup(16), kind: 'table' }],
  });
  const rows = Array.from({ length: HOURS * 10 }, (_, i) => {
    const late = i >= SHIFT * 10;
    const noise = ((i * 7919) % 101) / 101;
    const right = noise < (late ? 0.6 : 0.9);
    return {
      ...{
        model: 'hostile',
        id: `<i>${i}`,
        time: START + (i * HOUR) / 10,
        variant: SCRIPT,
        latency_ms: 5 + noise,
      },
      version: i % 2 === 0 ? SCRIPT : markup(8),
      features: {
        [AMOUNT]: noise * 10 + (late ? 40 : 0),
        [PLACE]: [SCRIPT, LINK, late ? markup(9) : YES][i % 3],
      },
      ...{ prediction: noise > 0.5 ? YES : 'no', score: noise, label: right === noise > 0.5 ? YES : 'no' },
      ...{ attributions: { [AMOUNT]: noise, [PLACE]: -0.2 }, tags: { account: SCRIPT, [PLACE]: SCRIPT } },
      error: i % 50 === 0 ? `${markup(10)}: no` : null,
    };
  });
  for (let at = 0; at < rows.length; at += 1000) {
    const part = rows.slice(at, at + 1000);
    await must(
      'POST',
      '/predictions',
      part.map(({ label: _, ...row }) => row),
    );
    await must(
      'POST',
      '/labels',
      part.map(({ id, time, label }) => ({ model: 'hostile', id, label, time: time + HOUR, source: SCRIPT })),
    );
  }
  await must('POST', '/predictions', [{ model: 'hostile', id: SCRIPT, oops: markup(11) }]).catch(
    () => undefined,
  );
  const outcomes = rows
    .slice(0, 500)
    .map(({ id, time }) => ({ model: 'hostile', id, metric: markup(12), value: 1, time }));
  await must('POST', '/outcomes', outcomes);
  const change = {
    kind: 'deploy',
    model: 'hostile',
    title: SCRIPT,
    version: SCRIPT,
    time: START + SHIFT * HOUR,
  };
  await must('POST', '/changes', change);
  await must('POST', '/keys', { name: markup(13), scopes: ['read'] });
  await must('POST', '/users', { email: 'x@example.org', name: markup(14), role: 'viewer' });
  await must('POST', '/channels', { name: markup(15), address: 'https://192.0.2.1/x' });
  const work = async (...jobs: string[]) => {
    for (const job of jobs) {
      now += 60_000;
      await tilt.app.runJob(job);
    }
  };
  await work('models', 'infer_tasks', 'models');
  const span = { from: START, to: START + SHIFT * HOUR };
  await must('POST', '/models/hostile/references', { kind: 'fixed', name: SCRIPT, ...span, default: true });
  await work('models', 'importance', 'models', 'incidents', 'verdicts', 'watch', 'incidents');
  const { items } = (await tilt.json('GET', '/api/v1/incidents?model=hostile')).body;
  expect(items.length).toBeGreaterThan(0);
  await must('PATCH', `/incidents/${items[0].id}`, { comment: SCRIPT });
}

beforeAll(async () => {
  tilt = await startTestApp({ clock: () => now++, allowPrivateAddresses: true });
  await seed();
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const first = await context.newPage();
  await signIn(first, await tilt.app.adminLink());
  await first.close();
});
afterAll(async () => {
  await browser?.close();
  await tilt?.stop();
});

/** What of the page is markup that only a name could have brought, or leads to a script. */
const TAKEN = `[
  ...document.querySelectorAll('img[src=x], iframe, [onload], [onerror], [onmouseover], script:not([src]):not(#pages)'),
  ...[...document.querySelectorAll('a')].filter((a) => !/^(https?|blob):$/.test(a.protocol)),
].map((found) => found.outerHTML.slice(0, 200))`;

test('whatever things are called, every page shows it as text: nothing runs, nothing is asked of others', async () => {
  const found: string[] = [];
  const seen: string[] = [];
  for (const { name, path } of await everyPage(tilt, 'hostile')) {
    const page = await context.newPage();
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => found.push(`${name}: a dialog`)));
    page.on('pageerror', (error) => found.push(`${name}: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(tilt.address) && !/^(data|blob):/.test(request.url()))
        found.push(`${name}: ${request.url()}`);
    });
    await page.goto(tilt.address + path);
    await page.waitForLoadState('networkidle');
    for (const drawn of await page.locator('canvas, svg[role=img], [title]').all()) {
      if (await drawn.isVisible()) await drawn.hover({ timeout: 500, force: true }).catch(() => undefined);
      if ((await page.locator('canvas').count()) > 20) break;
    }
    if ((await page.evaluate('window.hit')) !== undefined) found.push(`${name}: a script ran`);
    found.push(...((await page.evaluate(TAKEN)) as string[]).map((html) => `${name}: ${html}`));
    seen.push((await page.locator('body').textContent()) ?? '');
    await page.close();
  }
  expect(found).toEqual([]);
  // They were there to be looked at.
  const named = [6, 13, 14, 15, 16].map(markup);
  for (const shown of [AMOUNT, PLACE, SCRIPT, LINK, YES, ...named])
    expect(
      seen.some((text) => text.includes(shown)),
      shown,
    ).toBe(true);
});
