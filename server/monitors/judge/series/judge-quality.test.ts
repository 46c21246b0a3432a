import { afterAll, beforeAll, expect, test } from 'vitest';
import { random, randomNormal } from '../../../../stats/random.ts';
import { holdModel } from '../../../jobs/testing/hold-model.ts';
import type { LabelMaturity } from '../../../profiles/labels/maturity.ts';
import { rollUp } from '../../../profiles/roll-up/roll-up.ts';
import {
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../../profiles/test-world.ts';
import { readSignals } from '../../../signals/read-signals.ts';
import { evaluate } from '../evaluate.ts';
import { awaited, mature } from '../state/quality-case.ts';

const DAY = 24 * HOUR;
const PER_HOUR = 10;
/** From here on the errors of the model are three times as large. */
const WORSE = START + 16 * DAY;

let world: World;

async function predict(from: number, to: number): Promise<void> {
  const rows = [];
  for (let time = from; time < to; time += HOUR / PER_HOUR)
    rows.push({ _id: `p${time}`, _time: time, _prediction: 50 });
  await addPredictions(world, 'm', rows);
}

/** Labels of the predictions made in the time given; every `keep`-th when not all. */
async function label(from: number, to: number, offset = 0, every = 1): Promise<void> {
  const labels = [];
  for (let time = from, i = 0; time < to; time += HOUR / PER_HOUR, i++) {
    if (i % every !== offset % every) continue;
    const error = randomNormal(random(time / 1000)) * (time >= WORSE ? 3 : 1);
    labels.push({ id: `p${time}`, label: 50 + error });
  }
  await addLabels(world, 'm', labels);
}

async function judge(): Promise<void> {
  world.now += 60_000;
  await rollUp(world.ctx, 'm');
  world.now += 60_000;
  await rollUp(world.ctx, 'm');
  await evaluate(world.ctx, await holdModel(world.ctx, 'm'));
}
const alert = () =>
  world.ctx.ledger.selectFrom('alerts').selectAll().where('kind', '=', 'performance').executeTakeFirst();
const series = async (known: 'now' | 'then') =>
  (await readSignals(world.ctx, { model: 'm', kind: ['performance'] }, { points: 10_000, known }))[0];

beforeAll(async () => {
  world = await createWorld();
  world.now = START + 100 * DAY;
  await addModel(world, 'm', { _prediction: 'numeric' }, { task: 'regression', label_delay_ms: 2 * DAY });
});
afterAll(() => world.close());

test('without labels the model says so', async () => {
  await predict(START, START + 4 * DAY);
  await judge();
  expect(await alert()).toMatchObject({ state: 'no_data', reason: 'no_labels' });
});

test('labels that are due are judged, the rest is late; the first weeks are what is normal', async () => {
  await predict(START + 4 * DAY, START + 12 * DAY);
  await label(START, START + 10 * DAY);
  await judge();
  const { points, metric } = (await series('now'))!;
  expect(metric).toBe('mae');
  const byStatus = Map.groupBy(points, ({ status }) => status);
  expect(byStatus.get('ok')!.length).toBeGreaterThan(8 * 24);
  expect(byStatus.get('labels_not_mature')!.length).toBeGreaterThan(24);
  expect(points.at(-1)!.status).toBe('labels_not_mature');
  expect(byStatus.get('ok')!.at(-1)!.value).toBeCloseTo(Math.sqrt(2 / Math.PI), 1);
  expect(await alert()).toMatchObject({ state: 'ok' });
});

test('what was late is judged when its labels come, and lost quality is found', async () => {
  await predict(START + 12 * DAY, START + 22 * DAY);
  await label(START + 10 * DAY, START + 20 * DAY);
  await judge();
  const firing = (await alert())!;
  expect(firing).toMatchObject({ state: 'firing', reason: 'above_threshold', metric: 'mae' });
  expect(firing.since).toBeGreaterThanOrEqual(WORSE);
  expect(firing.since).toBeLessThan(WORSE + DAY);
  // The newest bucket waits for its labels and has no threshold of its own.
  expect((await series('now'))!.points.at(-1)!.value).toBeNull();
  expect((await series('now'))!.threshold).toBeCloseTo(1.2 * Math.sqrt(2 / Math.PI), 1);
  const then = new Map((await series('now'))!.points.map(({ time, status }) => [Date.parse(time), status]));
  expect(then.get(START + 11 * DAY)).toBe('ok');
});

test('labels that come still later change what is known now, not what was known then, and open nothing again', async () => {
  const before = await world.ctx.ledger.selectFrom('alert_transitions').selectAll().execute();
  const bucket = START + 18 * DAY;
  const value = async (known: 'now' | 'then') =>
    (await series(known))!.points.find(({ time }) => Date.parse(time) === bucket)!;
  const old = await value('then');
  // The truth of an hour is corrected: the model had been right.
  const labels = Array.from({ length: PER_HOUR }, (_, i) => ({
    id: `p${bucket + (i * HOUR) / PER_HOUR}`,
    label: 50,
  }));
  await addLabels(world, 'm', labels);
  await judge();
  expect((await value('then')).value).toBe(old.value);
  expect((await value('now')).value).toBeLessThan(old.value!);
  expect((await value('now')).n).toBe(old.n);
  expect(await world.ctx.ledger.selectFrom('alert_transitions').selectAll().execute()).toEqual(before);
});

const MINUTE = 60_000;
test.each([
  ['the delay has passed and later labels came', 2 * DAY, 10 * DAY, 9 * DAY, 7 * DAY + 23 * HOUR],
  ['the delay has passed but labels lag', 2 * DAY, 10 * DAY, 7 * DAY, 7 * DAY],
  ['labels have stopped: twice the delay is enough', 2 * DAY, 10 * DAY, 0, 5 * DAY + 23 * HOUR],
  ['no delay is set: as far as labels have come', 0, 10 * DAY, 8 * DAY, 8 * DAY],
])('mature when %s', (_name, delay, newestEvent, newestLabel, expected) => {
  const model = { bucket_ms: HOUR, label_delay_ms: delay } as never;
  const head = { newest_event: newestEvent + MINUTE } as never;
  expect(mature({ model, head, maturity: null }, newestLabel)).toBe(expected);
});

const curve = (...[quick, slow]: readonly number[]): LabelMaturity => ({
  ...{ settled: true, total: 100 },
  come: (age) => (age >= 20 * DAY ? 100 : age >= 2 * DAY ? slow! : quick!),
});
test.each([
  ['nothing is known of how long they take', 0, null, 0],
  ['most come at once', 0, curve(60, 95), 0],
  ['half take days', 0, curve(30, 95), 3 * DAY],
  ['many come when nothing is decided anew any more', 0, curve(60, 70), 30 * DAY],
  ['people said how long they take', 5 * DAY, curve(30, 95), 5 * DAY],
])('how long labels are awaited where %s', (_name, delay, maturity, expected) => {
  const model = { bucket_ms: HOUR, window_ms: 7 * DAY, label_delay_ms: delay } as never;
  expect(awaited({ model, maturity })).toBe(expected);
});
