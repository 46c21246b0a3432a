import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { START, seedLoans } from './browser/loans.ts';
import { openBrowser } from './browser/open-browser.ts';
import { signIn } from './browser/sign-in.ts';

const DAY = 86_400_000;
let now = START + 400 * DAY;
let app: TestApp;
let browser: Browser;
let context: BrowserContext;
/** What the pages themselves complained about; nothing, if all is well. */
const complaints: string[] = [];

beforeAll(async () => {
  app = await startTestApp({ clock: () => now });
  await seedLoans(app, (ms) => {
    now += ms;
  });
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});
afterEach(async () => {
  for (const page of context?.pages() ?? []) await page.close();
  expect(complaints.splice(0)).toEqual([]);
});

async function open(path: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`));
  page.on('console', (message) => {
    // Being asked to sign in is what the first visit is about.
    const expected = message.text().includes('401');
    if (message.type() === 'error' && !expected) complaints.push(`${path}: ${message.text()}`);
  });
  await page.goto(app.address + path);
  // All of it, also what comes when the reader is near.
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  return page;
}

const path = (page: Page) => new URL(page.url()).pathname;

test('who is not signed in learns how to get a link, and a used link does not work', async () => {
  const page = await open('/models/loans?preset=7d');
  await page.getByRole('heading', { name: 'Sign in to Tiltmeter' }).waitFor();
  expect(await page.getByText('npm run tiltmeter -- login-link').isVisible()).toBe(true);
  await page.getByLabel('Sign-in link').fill('not-a-token');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
});

test('a link signs in and leads to the page that was asked for', async () => {
  const link = await app.app.adminLink();
  const page = await open('/incidents');
  await page.getByLabel('Sign-in link').fill(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Incidents' }).waitFor();
  expect(path(page)).toBe('/incidents');
});

test('a link that is opened signs nobody in before its button is pressed, and leaves no token behind', async () => {
  const own = await browser.newContext();
  const link = await app.app.adminLink();
  const page = await own.newPage();
  try {
    await page.goto(link);
    await page.getByText('signs you in').waitFor();
    expect(page.url()).not.toContain('token');
    expect(await page.evaluate(() => fetch('/api/v1/session').then((reply) => reply.status))).toBe(401);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Fleet' }).waitFor();
  } finally {
    await own.close();
  }
});

test('from the fleet to the drifted column in two clicks, and the numbers are those of the API', async () => {
  const page = await open('/');
  const row = page.getByRole('row').filter({ hasText: 'loans' });
  await row.waitFor();
  expect(await row.getByRole('img', { name: /^Data: (failing|warning)$/ }).count()).toBe(1);

  await row.getByRole('link', { name: 'loans' }).click();
  await page.getByRole('heading', { level: 1, name: 'loans' }).waitFor();
  await page.getByRole('link', { name: 'age', exact: true }).first().click();

  await page.getByRole('heading', { level: 1, name: 'loans / age' }).waitFor();
  expect(path(page)).toBe('/models/loans/columns/age');
  const query = new URLSearchParams({
    from: new Date(START + 14 * DAY - 30 * DAY).toISOString(),
    to: new Date(START + 14 * DAY).toISOString(),
  });
  const { body } = await app.json('GET', `/api/v1/models/loans/columns/age/distribution?${query}`);
  await page.getByText(body.sentence).waitFor();
  await page.getByText(body.score.value.toFixed(3), { exact: true }).first().waitFor();
  expect(body.score.value).toBeGreaterThan(0.1);

  await page.getByRole('button', { name: 'Show as a table' }).first().click();
  const table = page.getByRole('table', { name: 'Distribution of age' });
  await table.waitFor();
  expect(await table.getByRole('row').count()).toBeGreaterThan(5);
});

test('from the fleet to the cause in two clicks: incident, then its column in the time of the incident', async () => {
  const { body } = await app.json('GET', '/api/v1/incidents');
  const [incident] = body.items;
  const page = await open('/');
  await page.getByRole('link', { name: incident.title }).click();
  await page.getByRole('heading', { level: 1, name: incident.title }).waitFor();
  await page.getByText(incident.causes[0].sentence).waitFor();
  // The evidence is on the page already: the second click is the column.
  await page
    .getByRole('img', { name: /, .* to .*: least/ })
    .first()
    .waitFor();
  await page
    .getByRole('link', { name: /^Compare .* with the reference$/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: /^loans \// }).waitFor();
  expect(new URL(page.url()).searchParams.get('from')).not.toBeNull();
});

test('an incident is acknowledged with a comment, which its timeline shows', async () => {
  const { body } = await app.json('GET', '/api/v1/incidents');
  const page = await open(`/incidents/${body.items[0].id}`);
  await page.getByLabel('Comment').fill('The campaign for pensioners began.');
  await page.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByText('The campaign for pensioners began.').waitFor();
  await page.getByText('acknowledged').first().waitFor();
});

test('an action is added, asked for on an incident, approved by the keyboard, begun once, and paused', async () => {
  const settings = await open('/settings/actions');
  await settings.getByText('No action yet').waitFor();
  await settings.getByRole('button', { name: 'Add an action' }).click();
  const form = settings.getByRole('form', { name: 'Add an action' });
  const choose = async (label: string, option: string) => {
    await form.getByRole('combobox', { name: label }).click();
    await settings.getByRole('option', { name: option }).click();
  };
  await choose('What is done', 'Quarantine data');
  await form.getByLabel('Name').fill('Set aside');
  await choose('Is due', 'only when somebody asks');
  await form.getByRole('button', { name: 'Add the action' }).click();
  const action = settings.getByRole('region', { name: 'Set aside' });
  await action.getByText('It was not due yet.').waitFor();

  const { body } = await app.json('GET', '/api/v1/incidents');
  const page = await open(`/incidents/${body.items[0].id}`);
  const panel = page.getByRole('region', { name: 'Actions' });
  await panel.getByText('Nothing was asked for.').waitFor();
  await panel.getByRole('button', { name: 'Ask for an action' }).click();
  await panel.getByLabel('Why it is asked for').fill('The file of the bureau was late.');
  await panel.getByRole('button', { name: 'Ask for it' }).click();
  await panel.getByText('waits for a yes').waitFor();
  const onCall = await open('/on-call');
  const asked = onCall.getByRole('list', { name: 'Actions that wait for a yes' });
  await asked.getByRole('link', { name: 'The file of the bureau was late.' }).waitFor();
  await asked.getByRole('button', { name: 'Approve Set aside for loans' }).waitFor();
  await page.getByText(/Set aside waits for a yes of whoever may write/).waitFor();
  await panel.getByLabel('Why, about Set aside for loans').fill('checked with them');
  await page.keyboard.press('Enter');
  await panel.getByText(/^approved by .*: checked with them$/).waitFor();
  await app.app.runJob('actions');
  await app.app.runJob('actions');
  await page.reload();
  await panel.getByText(/begun \d/).waitFor();
  await panel.getByText('1 try').waitFor();

  await settings.reload();
  await action.getByRole('table', { name: 'Last runs of Set aside' }).waitFor();
  await action.getByText('The file of the bureau was late.').waitFor();
  await settings.getByRole('button', { name: 'Pause Set aside' }).click();
  await settings.getByRole('button', { name: 'Resume Set aside' }).waitFor();
  await page.reload();
  await panel.getByText(/begun \d/).waitFor();
  expect(await panel.getByRole('button', { name: 'Ask for an action' }).count()).toBe(0);
});

test('the URL is the state: dragging sets the range, a copied link shows the same', async () => {
  const page = await open('/models/loans?preset=all');
  const chart = page.getByRole('img', { name: /^Predictions per (hour|day)/ });
  await chart.waitFor();
  await page.waitForLoadState('networkidle');
  await chart.scrollIntoViewIfNeeded();
  const box = (await chart.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 25, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/from=.*to=/);
  const range = await page.getByRole('button', { name: /UTC$/ }).textContent();
  const copy = await open(page.url().slice(app.address.length));
  await copy.getByRole('button', { name: /UTC$/ }).waitFor();
  expect(await copy.getByRole('button', { name: /UTC$/ }).textContent()).toBe(range);
});

test('the keyboard reaches everything: rows, the time axis, the search', async () => {
  const page = await open('/');
  await page.getByRole('row').filter({ hasText: 'loans' }).getByRole('link', { name: 'loans' }).focus();
  await page.keyboard.press('Enter');
  const axis = page.getByRole('slider');
  await axis.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
  for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await page.waitForURL(/from=.*to=/);

  await page.keyboard.press('Control+k');
  await page.getByLabel('Search for a model, column, incident, page or prediction id').fill('inco col');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/models\/loans\/columns\/income/);

  await page.keyboard.press('Tab');
  const focused = await page.evaluate(
    "['outlineWidth', 'outlineStyle'].map((name) => getComputedStyle(document.activeElement)[name]).join(' ')",
  );
  expect(focused).toBe('2px solid');
});

test('dark: from the system, and by the toggle, which is remembered', async () => {
  const page = await open('/');
  const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  await page.getByRole('button', { name: 'Change to dark colours' }).click();
  await expect.poll(ground).toBe('rgb(16, 19, 21)');
  await page.reload();
  await page.getByRole('button', { name: 'Change to light colours' }).waitFor();
  await expect.poll(ground).toBe('rgb(16, 19, 21)');
  await page.getByRole('button', { name: 'Change to light colours' }).click();
  await expect.poll(ground).toBe('rgb(247, 247, 245)');
  // Under a short page as well.
  expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe(
    'rgb(247, 247, 245)',
  );

  await page.evaluate('localStorage.clear()');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.reload();
  await expect.poll(ground).toBe('rgb(16, 19, 21)');
});

test('predictions: a condition becomes part of the URL, a record shows its features against the reference', async () => {
  const page = await open('/models/loans/predictions?where=age:gt:75');
  await page.getByRole('button', { name: 'Remove: age > 75' }).waitFor();
  const first = page.getByRole('table', { name: 'Predictions' }).getByRole('link').first();
  const id = (await first.textContent())!;
  await first.click();
  await page.getByRole('heading', { level: 1, name: `loans / ${id}` }).waitFor();
  await page
    .getByText(/^above (9\d|100)|^above all/)
    .first()
    .waitFor();
});

test('a key is made, shown once, works, and is revoked', async () => {
  const page = await open('/settings/keys');
  await page.getByLabel('Name').fill('browser test');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const secret = (await page.getByRole('status').locator('code').textContent())!;
  const event = { model: 'loans', features: { age: 1 } };
  expect((await app.json('POST', '/api/v1/predictions', event, secret)).status).toBe(200);
  await page.reload();
  await page.getByRole('row').filter({ hasText: 'browser test' }).waitFor();
  expect(await page.getByText(secret).count()).toBe(0);
  await page.getByRole('button', { name: 'Revoke browser test' }).click();
  await page.getByRole('button', { name: 'Revoke the key' }).click();
  await page.getByText(/^revoked/).waitFor();
  expect((await app.json('POST', '/api/v1/predictions', event, secret)).status).toBe(401);
});

test.each(['people', 'channels', 'actions', 'monitors', 'references', 'rejects', 'sessions', 'audit'])(
  'settings: %s',
  async (tab) => {
    const page = await open(`/settings/${tab}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('alert').count()).toBe(0);
  },
);

test('what is far below comes when the reader does, and at once when somebody searches the page', async () => {
  const low = async () => {
    const page = await context.newPage();
    await page.setViewportSize({ width: 390, height: 200 });
    await page.goto(`${app.address}/models/loans?preset=all`);
    await page.getByRole('heading', { level: 1, name: 'loans' }).waitFor();
    await page.waitForLoadState('networkidle');
    return page;
  };
  const searched = await low();
  const columns = searched.getByRole('table', { name: 'Columns', exact: true });
  expect(await columns.count()).toBe(0);
  await searched.keyboard.press('Control+f');
  await columns.waitFor();

  const scrolled = await low();
  const serving = scrolled.getByRole('region', { name: 'Serving' });
  expect(await serving.count()).toBe(0);
  const further = async () => {
    await scrolled.mouse.wheel(0, 400);
    return serving.count();
  };
  await expect.poll(further, { timeout: 30_000 }).toBe(1);
});

test.each([
  ['model', () => '/models/loans'],
  ['incident', (id: string) => `/incidents/${id}`],
])('what the page of a %s asks first is asked with its code, and once', async (_, pathOf) => {
  const { body } = await app.json('GET', '/api/v1/incidents?model=loans');
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) =>
    asked.push(new URL(request.url()).pathname + new URL(request.url()).search),
  );
  await page.goto(`${app.address}${pathOf(body.items[0].id)}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  const early = await page.evaluate<string[]>(
    `[...document.querySelectorAll('link[as=fetch]')].map((link) => link.getAttribute('href'))`,
  );
  expect(early.length).toBeGreaterThan(2);
  expect(early.map((path) => [path, asked.filter((each) => each === path).length])).toEqual(
    early.map((path) => [path, 1]),
  );
  const loader = asked.filter((path) => path.startsWith('/api/')).slice(0, early.length);
  expect(new Set(loader)).toEqual(new Set(early));
});

test('an unknown model is one clear message, and the rest of the page works', async () => {
  const page = await open('/models/nobody');
  await page.getByRole('alert').filter({ hasText: 'nobody' }).waitFor();
  await page.getByRole('link', { name: 'Fleet', exact: true }).click();
  await page.getByRole('row').filter({ hasText: 'loans' }).waitFor();
  complaints.splice(0);
});

test('a page whose code does not come says so in words, and is there once the server is', async () => {
  // Also when it is asked for ahead.
  const code = '**/assets/SettingsPage*';
  await context.route(code, (route) => route.abort());
  const page = await open('/');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'the server did not answer' }).waitFor();
  await context.unroute(code);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  complaints.splice(0);
});

test('an incident shows the signal that its sentence is about', async () => {
  const { body } = await app.json('GET', '/api/v1/incidents?model=loans');
  const hurt = body.items.find(({ alerts }: { alerts: { kind: string }[] }) =>
    alerts.some(({ kind }) => kind === 'performance'),
  );
  const page = await open(`/incidents/${hurt.id}`);
  await page.getByRole('heading', { name: 'Impact' }).waitFor();
  await page.getByRole('img', { name: /^performance: .*above the threshold/ }).waitFor();
});

test.each([
  ['fleet', () => '/'],
  ['model', () => '/models/loans?preset=all'],
  ['incident', (id: string) => `/incidents/${id}`],
])(
  'nothing moves under the reader while the page comes, and no code comes that only others need: %s',
  async (_name, path) => {
    const { body } = await app.json('GET', '/api/v1/incidents');
    const page = await context.newPage();
    const others: string[] = [];
    page.on('request', (request) => {
      // What draws distributions.
      if (request.url().includes('echarts')) others.push(request.url());
    });
    await page.addInitScript(`
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  `);
    await page.goto(app.address + path(body.items[0].id));
    await page.waitForLoadState('networkidle');
    await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
    expect(await page.evaluate<number>('window.shift')).toBeLessThan(0.1);
    expect(others).toEqual([]);
  },
);

test('the first page takes less than 300 kB of JavaScript, compressed, and no drawing library; a model no schemas', async () => {
  const page = await context.newPage();
  const scripts: string[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.url());
  });
  await page.goto(`${app.address}/`);
  await page.getByRole('row').filter({ hasText: 'loans' }).waitFor();
  await page.waitForLoadState('networkidle');
  const { gzipSync } = await import('node:zlib');
  let total = 0;
  for (const url of scripts) total += gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length;
  expect(scripts.some((url) => url.includes('echarts'))).toBe(false);
  expect(total).toBeLessThan(300_000);

  await page.goto(`${app.address}/models/loans?preset=all`);
  await page.getByRole('region', { name: 'Serving' }).waitFor();
  await page.waitForLoadState('networkidle');
  // Nothing is entered there that would have to be checked.
  expect(scripts.filter((url) => url.includes('schemas'))).toEqual([]);
});

test('an empty fleet teaches: the lines on the page, sent as they are, make the model appear', async () => {
  const empty = await startTestApp();
  const own = await browser.newContext();
  try {
    const page = await own.newPage();
    await signIn(page, await empty.app.adminLink());
    await page.getByRole('heading', { name: 'Send a first prediction' }).waitFor();
    await page.getByRole('button', { name: 'Make a key and put it in' }).click();
    await page.getByRole('button', { name: /^Key made/ }).waitFor();
    const lines = (await page.locator('pre').textContent())!;
    const key = /Bearer ([\w-]+)/.exec(lines)![1]!;
    const body = /-d '(.*)'/.exec(lines)![1]!;
    expect(lines).toContain(`curl ${empty.address}/api/v1/predictions`);
    expect((await empty.json('POST', '/api/v1/predictions', body, key)).body).toMatchObject({ stored: 1 });
    await page.getByRole('row').filter({ hasText: 'my-model' }).waitFor();
  } finally {
    await own.close();
    await empty.stop();
  }
});

test('the model page answers in order: the number and its baseline, what is wrong, then the failing layers', async () => {
  const page = await open('/models/loans?preset=all');
  const { body: model } = await app.json('GET', '/api/v1/models/loans');
  const { value, baseline } = model.quality;
  expect(value).toBeLessThan(baseline);
  await page.getByText(`baseline ${baseline.toFixed(3)}`).waitFor();
  await page.getByText(`▼ ${(baseline - value).toFixed(3)} worse`).waitFor();

  const wrong = page.getByRole('region', { name: 'What is wrong now' });
  const { body: incidents } = await app.json('GET', '/api/v1/incidents?model=loans');
  await wrong.getByRole('link', { name: incidents.items[0].title }).waitFor();
  await wrong.getByRole('row').filter({ hasText: 'age' }).getByText('0.100').waitFor();

  await page.getByRole('region', { name: 'Serving' }).waitFor();
  const layers = async () => {
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
    return headings.filter((text) => ['Model', 'Data', 'Serving', 'Coverage'].includes(text));
  };
  await expect.poll(layers).toEqual(['Model', 'Data', 'Serving', 'Coverage']);
});

test('a deploy has its name on the axis; it and its entry in the list light each other', async () => {
  const page = await open('/models/loans?preset=all');
  const flag = page.getByRole('button', { name: /^loans 1 goes live: deploy, 6 Mar 2026/ });
  await flag.waitFor();
  const entry = page.getByRole('listitem').filter({ hasText: 'loans 1 goes live' });
  const lit = (selector: string) => page.locator(`[data-lit] >> text=${selector}`);
  expect(await lit('loans 1 goes live').count()).toBe(0);
  await entry.hover();
  expect(await flag.getAttribute('data-lit')).toBe('true');
  await flag.click();
  await page.mouse.move(0, 0);
  expect(await entry.getAttribute('data-lit')).toBe('true');
  expect(await flag.getAttribute('aria-pressed')).toBe('true');
});

test('how good a model was, every metric of it, and what that is made of: the numbers are those of the API', async () => {
  const page = await open('/models/loans?preset=all');
  await page.getByRole('link', { name: 'Quality' }).click();
  await page.getByRole('heading', { name: /^Quality of this range/ }).waitFor();
  const range = new URL(page.url()).search;
  const { body } = await app.json('GET', '/api/v1/models/loans/quality?from=2026-03-01T00:00:00Z');
  await page.goto(`${app.address}/models/loans/quality?from=${body.from}&to=${body.to}`);
  const row = (metric: RegExp) =>
    page.getByRole('table', { name: 'Quality of this range' }).getByRole('row', { name: metric });
  for (const [metric, id] of [
    [/^ROC AUC/, 'roc_auc'],
    [/^Log loss/, 'log_loss'],
    [/^Matthews/, 'mcc'],
  ] as const) {
    const { current } = body.measures.find((one: { id: string }) => one.id === id);
    await row(metric).waitFor();
    expect(await row(metric).textContent()).toContain(current.value.toPrecision(3));
    expect(await row(metric).textContent()).toContain(`n = ${current.n.toLocaleString('en-GB')}`);
  }
  const bins = page.getByRole('table', { name: 'Calibration' }).getByRole('row');
  expect(await bins.count()).toBe(body.calibration.length + 1);
  const thresholds = page.getByRole('table', { name: 'Other thresholds' }).getByRole('row');
  expect(await thresholds.count()).toBe(body.sweep.length + 1);
  expect(range).toContain('preset=all');
});

test('what changed with a version is one click from its deploy, and the numbers are those of the API', async () => {
  const page = await open('/models/loans?preset=all');
  await page.getByRole('link', { name: 'What changed with version 1?' }).click();
  await page.getByRole('heading', { name: 'Version 1 beside version 0' }).waitFor();
  const range = new URL(page.url()).searchParams;
  const time = `from=${range.get('from')}&to=${range.get('to')}`;
  const { body } = await app.json('GET', `/api/v1/models/loans/versions/comparison?version=1&${time}`);
  const auc = body.measures.find(({ id }: { id: string }) => id === 'roc_auc');
  const row = page
    .getByRole('table', { name: /^Quality and serving/ })
    .getByRole('row', { name: /^ROC AUC/ });
  await row.waitFor();
  const text = await row.textContent();
  expect(text).toContain(auc.version.value.toFixed(3));
  expect(text).toContain(auc.baseline.value.toFixed(3));
  expect(text).toContain(`n = ${auc.version.n.toLocaleString('en-GB')}`);
  expect(text).toContain('worse, more than chance');
  await page.getByText('The two never answered at the same time').waitFor();
  const [first] = body.columns;
  expect(first.name).toBe('age');
  const columns = page.getByRole('table', { name: /^Columns that differ most/ });
  expect(await columns.getByRole('row').nth(1).textContent()).toContain(first.score.value.toFixed(3));
  await page.getByRole('combobox', { name: 'Beside which version' }).waitFor();
});

test('an incident is a strip under the rows that it is about, by its priority, and no tint', async () => {
  const page = await open('/models/loans?preset=all');
  const { body } = await app.json('GET', '/api/v1/incidents?model=loans');
  const title = body.items[0].title;
  const row = (name: RegExp) => page.getByRole('img', { name }).locator('xpath=..');
  await row(/^Realised ROC AUC/)
    .getByTitle(`P1: ${title}`)
    .waitFor();
  await row(/^Predictions per hour/).waitFor();
  expect(
    await row(/^Predictions per hour/)
      .getByTitle(/^P\d: /)
      .count(),
  ).toBe(0);
  expect(
    await row(/^Latency p50/)
      .getByTitle(/^P\d: /)
      .count(),
  ).toBe(0);
});

test('a model of two predictions has traffic, columns and a list of what is missing, before anything is judged', async () => {
  const sent = [
    { model: 'fresh', id: 'a', features: { age: 41, country: 'FR' }, prediction: 'approve' },
    { model: 'fresh', id: 'b', features: { age: 29, country: 'DE' }, prediction: 'deny' },
  ];
  await app.json('POST', '/api/v1/predictions', sent);
  now += 20_000;
  await app.app.runJob('models');
  const page = await open('/models/fresh?preset=all');
  const setup = page.getByRole('region', { name: 'Set-up' });
  await setup.getByText('1 of 5 done').waitFor();
  await setup.getByText('2 of 1,000 predictions').waitFor();
  await setup.getByText(/^The first hour ends in/).waitFor();
  await page.getByRole('img', { name: /^Predictions per hour, .* most 2, newest 2/ }).waitFor();
  const columns = page.getByRole('table', { name: 'Columns' });
  await columns.getByRole('row').filter({ hasText: 'age' }).getByText('29.0 – 41.0').waitFor();
  await columns.getByRole('row').filter({ hasText: 'country' }).getByText('FR').waitFor();

  await setup.getByRole('button', { name: 'Fold' }).click();
  await page.reload();
  await setup.getByRole('button', { name: 'Show' }).waitFor();
  expect(await setup.getByRole('listitem').count()).toBe(0);
  await page.getByRole('link', { name: 'Fleet', exact: true }).click();
  await page.getByRole('row').filter({ hasText: 'fresh' }).getByText('setting up: 1 of 5').waitFor();
});

test('a model without any answer is drawn, and what it does not have is not asked for again and again', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => ({
    model: 'mute',
    id: `m${i}`,
    features: { age: i % 7 },
  }));
  await app.json('POST', '/api/v1/predictions', rows);
  now += 20_000;
  await app.app.runJob('models');
  const page = await open('/models/mute?preset=all');
  await page.getByRole('region', { name: 'Serving' }).waitFor();
  await page.getByRole('table', { name: 'Columns' }).getByRole('row').filter({ hasText: 'age' }).waitFor();
  await page.getByRole('link', { name: 'Fleet', exact: true }).click();
  const row = page.getByRole('row').filter({ hasText: 'mute' });
  await row.getByText('30', { exact: true }).waitFor();
  expect(await row.textContent()).not.toContain('0 ms');

  // What is not watched by its values has no verdict about them.
  await app.json('PATCH', '/api/v1/models/mute', { columns: { age: { type: 'identifier' } } });
  await page.goto(`${app.address}/models/mute/columns/age?preset=all`);
  await page.getByText('Not compared by its values: it is taken for an identifier.').waitFor();
  expect(await page.getByText('JS distance').count()).toBe(0);
});

test('who is on call and who is told further is set on the page', async () => {
  const { body: channel } = await app.json('POST', '/api/v1/channels', {
    name: 'pager of Ada',
    address: 'https://pager.example.org/',
  });
  const page = await open('/on-call');
  await page.getByRole('button', { name: 'New rota' }).click();
  const form = page.getByRole('form', { name: 'New rota' });
  await form.getByRole('textbox', { name: 'Rota' }).fill('risk');
  await form.getByLabel('First handover on').fill('2026-03-02');
  await form.getByLabel('by the clocks of').fill('Mars');
  await form.getByRole('textbox', { name: 'Person 1' }).fill('Ada');
  await form.getByRole('button', { name: 'Add a person' }).click();
  const add = form.getByRole('button', { name: 'Add the rota' });
  expect(await add.isDisabled()).toBe(true);
  await form.getByRole('textbox', { name: 'Person 2' }).fill('Ben');
  await form.getByText(/zone/).waitFor();
  complaints.splice(0);
  await form.getByLabel('by the clocks of').fill('Europe/Berlin');
  const turns = form.getByRole('list', { name: 'Turns that come next' }).getByRole('listitem');
  await turns.nth(3).waitFor();
  const names = (await turns.allTextContents()).map((text) => text.slice(0, 3));
  expect(new Set([`${names[0]}${names[1]}`, `${names[2]}${names[3]}`]).size).toBe(1);
  await form.getByRole('button', { name: 'Person 2 earlier' }).click();
  await add.click();
  await page.getByText(/^(Ada|Ben) in risk until/).waitFor();
  const rota = (await app.json('GET', '/api/v1/rotas')).body.items[0];
  expect(rota.people.map(({ name }: { name: string }) => name)).toEqual(['Ben', 'Ada']);

  await page.getByRole('button', { name: 'New escalation' }).click();
  const steps = page.getByRole('form', { name: 'New escalation' });
  await steps.getByRole('textbox', { name: 'Escalation' }).fill('nights');
  await steps.getByRole('combobox', { name: 'then tell' }).fill('risk');
  await page.getByRole('option', { name: 'whoever is on call in risk' }).click();
  await page.keyboard.press('Escape');
  await steps.getByRole('button', { name: 'Add the escalation' }).click();
  await page.getByText('after 15 min: whoever is on call in risk').waitFor();
  // Nobody of the rota has a channel, and the page says so.
  await page
    .getByText(/Ben has no channel|Ada has no channel/)
    .first()
    .waitFor();

  await page.getByRole('button', { name: 'Change risk' }).click();
  const change = page.getByRole('form', { name: 'Change risk' });
  await change.getByRole('combobox', { name: 'Channel of person 1' }).click();
  await page.getByRole('option', { name: 'pager of Ada' }).click();
  await change.getByRole('button', { name: 'Save' }).click();
  await change.waitFor({ state: 'detached' });
  const changed = (await app.json('GET', '/api/v1/rotas')).body.items[0];
  expect(changed.people[0].channel).toBe(channel.id);

  for (const name of ['Remove nights', 'Remove risk']) {
    await page.getByRole('button', { name }).click();
    await page.getByRole('button', { name: /^Remove the/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.getByText('There is no rota.').waitFor();
  await app.json('DELETE', `/api/v1/channels/${channel.id}`);
});

test('what models depend on is set on the page, and drawn with the incident that goes on', async () => {
  const { body: before } = await app.json('POST', '/api/v1/models', { id: 'limits', name: 'Limits' });
  expect(before.id).toBe('limits');
  const page = await open('/models/limits/settings/general');
  await page.getByRole('textbox', { name: 'Models upstream' }).fill('loans');
  await page.getByRole('textbox', { name: 'Sources' }).fill('bureau:warehouse');
  await page.getByText('Each is a name and one of table').waitFor();
  await page.getByRole('textbox', { name: 'Sources' }).fill('bureau:feature_store=income');
  await page.getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('button', { name: /^Save/ }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Lineage', exact: true }).click();
  await page.getByRole('heading', { name: 'Lineage around limits' }).waitFor();
  const table = page.getByRole('table', { name: 'Dependencies' });
  await table.waitFor();
  expect((await table.getByRole('row').allTextContents()).slice(1)).toEqual([
    expect.stringContaining('loans'),
    expect.stringMatching(/bureau.*income/),
  ]);
  // Drawn from left to right: the source and the model upstream stand left of what depends on them.
  const left = async (name: string) => (await page.getByText(name, { exact: true }).first().boundingBox())!.x;
  expect(await left('bureau')).toBeLessThan(await left('Limits'));
  await page.getByRole('link', { name: /incident$/ }).click();
  await page.waitForURL(/\/incidents\//);
  await app.json('DELETE', '/api/v1/models/limits?confirm=limits');
});
