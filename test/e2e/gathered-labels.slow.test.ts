import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../app.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** The end of an hour; it is judged six minutes later. */
const END = Date.UTC(2026, 3, 1, 12);
/** With so many models labels gather for 24 seconds. */
const OTHERS = 59;

let now = END + 4 * MINUTE;
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: () => now });
});
afterAll(() => app.stop());

const prediction = (model: string, time: number) => ({
  ...{
    model,
    id: `${model}-${time}`,
    time,
    prediction: time % (2 * MINUTE) === 0 ? 'yes' : 'no',
    score: 0.5,
  },
});
const times = Array.from({ length: 60 }, (_, i) => END - HOUR + i * MINUTE);
const labels = (some: readonly number[]) =>
  some.map((time) => ({ model: 'm', id: `m-${time}`, label: 'yes', time: now }));

async function send(kind: 'predictions' | 'labels', rows: readonly unknown[]) {
  expect((await app.json('POST', `/api/v1/${kind}`, rows)).body).toMatchObject({ rejected: [] });
}

async function at(moment: number, work: () => Promise<unknown>) {
  now = moment;
  await work();
}

async function quality() {
  const range = `from=${END - HOUR}&to=${END}`;
  const { body } = await app.json<Record<string, unknown>>('GET', `/api/v1/models/m/quality?${range}`);
  return { labelled: body.labelled, countedTo: body.labels_counted_to };
}

const models = () => app.app.runJob('models');
const judgedTo = () =>
  app.app.ctx.ledger
    .selectFrom('judgements')
    .select('evaluated_to')
    .where('model', '=', 'm')
    .executeTakeFirst();

test('beside many models labels gather, which is told; what is judged for the first time is judged by all that came', async () => {
  const others = Array.from({ length: OTHERS }, (_, i) => prediction(`other${i}`, END + MINUTE));
  await send('predictions', [...times.map((time) => prediction('m', time)), ...others]);
  await at(now + 20 * SECOND, models);
  const late = END + 5 * MINUTE;
  await at(late + 50 * SECOND, () => send('labels', labels(times.slice(0, 20))));
  await at(late + 51 * SECOND, models);
  expect(await quality()).toMatchObject({ labelled: 20 });

  await at(late + 53 * SECOND, () => send('labels', labels(times.slice(20))));
  await at(late + 54 * SECOND, models);
  const { labelled, countedTo } = await quality();
  expect(labelled).toBe(20);
  expect(Date.parse(String(countedTo))).toBeGreaterThan(late + 50 * SECOND);
  expect((await judgedTo())?.evaluated_to ?? 0).toBeLessThan(END);

  await at(late + 62 * SECOND, () => send('predictions', [prediction('m', now)]));
  await at(late + 68 * SECOND, models);
  expect((await judgedTo())!.evaluated_to).toBeGreaterThanOrEqual(END);
  expect(await quality()).toMatchObject({ labelled: 60 });

  await at(late + 3 * MINUTE, models);
  expect(await quality()).toEqual({ labelled: 60, countedTo: null });
});
