import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { random, randomNormal } from '../stats/random.ts';
import { startTestApp, type TestApp } from './app.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ jobs: true });
});
afterAll(() => app.stop());

/** Twenty hours of yesterday: too short for a reference of their own. From hour 10 on `age` is ten years older. */
function history() {
  const next = random(5);
  const start = Math.floor(Date.now() / HOUR) * HOUR - 30 * HOUR;
  return Array.from({ length: 900 }, (_, i) => {
    const hour = Math.floor(i / 45);
    return {
      model: 'credit',
      id: `p${i}`,
      time: start + hour * HOUR + (i % 45) * MINUTE,
      features: { age: 40 + 5 * randomNormal(next) + (hour < 10 ? 0 : 10), income: randomNormal(next) },
      prediction: i % 2 === 0,
    };
  });
}

function training(): string {
  const next = random(6);
  const rows = Array.from({ length: 1_000 }, () => `${40 + 5 * randomNormal(next)},${randomNormal(next)}`);
  return ['age,income', ...rows].join('\n');
}

/** Asks until the answer will do. */
async function until<T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    await sleep(250);
  }
}

const get = async (path: string) => (await app.json('GET', `/api/v1${path}`)).body;
const drift = () => get('/models/credit/signals?kind=drift');

interface Series {
  readonly items: { column: string; points: { value: number | null }[] }[];
}
const known = ({ items }: Series, column: string) =>
  items.find((one) => one.column === column)?.points.filter(({ value }) => value !== null).length ?? 0;

test('hours that were closed before a reference was given are judged by themselves, once it is there', {
  timeout: 4 * MINUTE,
}, async () => {
  expect((await app.json('POST', '/api/v1/predictions', history())).body).toMatchObject({ stored: 900 });
  const judged = (setup: { steps: { id: string; state: string }[] }) =>
    setup.steps.find(({ id }) => id === 'judgement')?.state === 'done';
  await until(() => get('/models/credit/setup'), judged);
  expect(known(await drift(), 'age')).toBe(0);

  const reply = await fetch(`${app.address}/api/v1/models/credit/references/file?name=training`, {
    method: 'POST',
    body: training(),
    headers: { authorization: `Bearer ${app.adminKey}`, 'content-type': 'text/csv' },
  });
  expect(reply.status).toBe(201);
  const answer = await until(drift, (series: Series) => known(series, 'age') > 0);
  // Not the next hour alone: those that were closed before.
  expect(known(answer, 'age')).toBeGreaterThan(10);
  expect(known(answer, 'income')).toBeGreaterThan(10);
  const firing = await get('/alerts?model=credit&kind=drift&state=firing');
  expect(firing.items.map(({ column }: { column: string }) => column)).toEqual(['age']);
});
