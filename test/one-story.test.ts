import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import {
  ALL_JOBS,
  apart,
  type Command,
  type Jobs,
  type Standing,
  standing,
  storyOf,
  type Told,
  whole,
} from './story.testing.ts';

let now = Date.UTC(2027, 2, 1);
let app: TestApp;
let expected: Standing;

const tell = (model: string, told: Told) =>
  storyOf(app, model, told, (ms) => {
    now += ms;
  });
const order = (...commands: Command[]) => commands.map(whole);

beforeAll(async () => {
  app = await startTestApp({ clock: () => now });
  expected = await tell('at-once', { parts: order('import', 'labels', 'reference'), jobs: [] });
}, 120_000);
afterAll(() => app.stop());

test('the story is the true one: quality fell and a new country came, with the score of approve', () => {
  const { story } = expected;
  expect(story).toMatchObject({ task: 'binary', positive: { label: 'approve', by: 'score' } });
  expect(story.quality?.[0]).toBe('roc_auc');
  expect(story.alerts).toContainEqual(expect.stringMatching(/^performance roc_auc {2}firing/));
  expect(story.alerts).toContainEqual(expect.stringMatching(/^new_category .*country firing/));
  expect(story.incidents).toContainEqual(expect.stringMatching(/^open P1 ROC AUC fell/));
  expect(story.signals.filter((signal) => signal.startsWith('performance'))).toHaveLength(1);
});

const NONE: Jobs = [];
test.each<[string, Told]>([
  ['labels first', { parts: order('labels', 'reference', 'import'), jobs: [] }],
  [
    'judged before the task is settled',
    { parts: order('import', 'labels', 'reference'), jobs: [['models'], ['models', 'incidents']] },
  ],
  [
    'as it would come by itself, in parts',
    {
      parts: [
        { command: 'import', from: 0, to: 0.5 },
        { command: 'labels', from: 0, to: 0.4 },
        whole('reference'),
        { command: 'import', from: 0.5, to: 1 },
        { command: 'labels', from: 0.4, to: 1 },
      ],
      jobs: [ALL_JOBS, ALL_JOBS, NONE, ALL_JOBS],
    },
  ],
])('one story: %s', async (name, told) => {
  const found = await tell(name.replaceAll(/[^a-z]+/g, '-'), told);
  expect(found.story).toEqual(expected.story);
  expect(apart(found, expected)).toBeLessThan(0.03);
});

const jobs = async () => {
  for (const name of ALL_JOBS) {
    now += 20_000;
    await app.app.runJob(name);
  }
};
const set = (change: object) => app.json('PATCH', '/api/v1/models/at-once', change);
const get = async (path: string) => (await app.json('GET', `/api/v1/${path}`)).body;

test('another positive class counts with the next run of the jobs, and leaves nothing of the one before', async () => {
  await set({ positive_label: 'deny' });
  await jobs();
  const { story, numbers } = await standing(app, 'at-once');
  expect(story.positive).toMatchObject({ label: 'deny', by: 'set' });
  expect(numbers[0]).toBeCloseTo(1 - expected.numbers[0]!, 3);
  expect(story.alerts).not.toContainEqual(expect.stringMatching(/^performance .*firing/));
  expect(story.incidents).not.toContainEqual(expect.stringMatching(/ROC AUC/));
  const signals = (await get('models/at-once/signals?kind=performance&points=5000')).items;
  expect(signals).toHaveLength(1);
  const first = signals[0].points.find(({ value }: { value: number | null }) => value !== null);
  expect(first.value).toBeLessThan(0.25);
  const { items } = await get('incidents?model=at-once&status=open');
  expect(items).toMatchObject([
    { priority: 'P2', title: expect.stringMatching(/new categories in country/i) },
  ]);
  const { timeline } = await get(`incidents/${items[0].id}`);
  expect(timeline).toContainEqual(
    expect.objectContaining({
      text: expect.stringMatching(/withdrawn, since another class counts as positive/),
    }),
  );
});

test('what was set is taken back, and all is as before', async () => {
  await set({ positive_label: null });
  await jobs();
  const back = await standing(app, 'at-once');
  expect(back.story).toEqual(expected.story);
  expect(back.numbers).toEqual(expected.numbers);
});

test('another task leaves no alert, value or incident of the one before', async () => {
  await set({ task: 'multiclass' });
  await jobs();
  const { story } = await standing(app, 'at-once');
  expect(story.signals.filter((line) => line.startsWith('performance'))).toEqual([
    expect.stringMatching(/^performance accuracy/),
  ]);
  expect(story.alerts.filter((line) => line.startsWith('performance'))).toHaveLength(1);
  expect(story.incidents).not.toContainEqual(expect.stringMatching(/ROC AUC/));
  await set({ task: 'binary' });
  await jobs();
  expect((await standing(app, 'at-once')).story).toEqual(expected.story);
});

test('new categories are named on the column, in the verdict of the range, and in the cause', async () => {
  const path =
    'models/at-once/columns/country/distribution?from=2026-03-01T00:00:00Z&to=2026-03-16T00:00:00Z';
  const { new_values, alerts, sentence } = await get(path);
  expect(new_values).toMatchObject([{ value: 'BR' }]);
  expect(alerts.map(({ kind }: { kind: string }) => kind)).toContain('new_category');
  expect(sentence).toMatch(/^(.*; )?New categories in country since 11 Mar 2026/);
  const { items } = await get('incidents?model=at-once&status=open');
  expect(JSON.stringify(items)).not.toContain('BR');
  const { causes } = await get(`incidents/${items[0].id}`);
  expect(causes.find(({ kind }: { kind: string }) => kind === 'new_category').sentence).toMatch(
    / New: BR 2\d %\.$/,
  );
  // What is kept of it, and goes out with messages, names no value.
  for (const table of [
    'alerts',
    'alert_transitions',
    'incidents',
    'incident_alerts',
    'incident_events',
  ] as const) {
    const rows = await app.app.ctx.ledger.selectFrom(table).selectAll().execute();
    expect(rows.length, table).toBeGreaterThan(0);
    expect(JSON.stringify(rows), table).not.toMatch(/\bBR\b/);
  }
});

test('another reference in place of a chosen one is marked on the time axis, and the history stays', async () => {
  const before = await standing(app, 'at-once');
  const window = { from: '2026-03-01T00:00:00Z', to: '2026-03-05T00:00:00Z' };
  const made = await app.json('POST', '/api/v1/models/at-once/references', {
    ...{ kind: 'fixed', name: 'Q1', ...window },
  });
  expect(made.status).toBe(201);
  await jobs();
  const { items } = await get('changes?model=at-once');
  expect(items).toMatchObject([
    { kind: 'config', title: 'Reference Q1 in place of training', time: '2026-03-16T00:00:00.000Z' },
  ]);
  expect((await get('models/at-once')).reference).toMatchObject({
    ...{ name: 'Q1', before: 'training', judged_from: '2026-03-16T00:00:00.000Z' },
  });
  expect((await standing(app, 'at-once')).story.alerts).toEqual(before.story.alerts);
});

test('a reference without labels leaves quality compared with the one that has them, and the page says with which', async () => {
  const before = (await get('models/at-once')).quality_reference;
  // Nothing was judged since Q1 was chosen.
  expect(before).toMatchObject({ id: expect.any(String), name: 'training', judged_from: null });
  const rows = Array.from({ length: 50 }, (_, i) => JSON.stringify({ age: 20 + i }));
  const made = await fetch(`${app.address}/api/v1/models/at-once/references/file?name=unlabelled`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.adminKey}`, 'content-type': 'application/x-ndjson' },
    body: rows.join('\n'),
  });
  expect(made.status).toBe(201);
  await jobs();
  const model = await get('models/at-once');
  expect(model.reference.name).toBe('unlabelled');
  expect(model.quality_reference).toEqual(before);
  const quality = await get('models/at-once/quality?from=2026-03-05T00:00:00Z&to=2026-03-16T00:00:00Z');
  expect(quality.reference).toMatchObject({ name: 'training' });
});
