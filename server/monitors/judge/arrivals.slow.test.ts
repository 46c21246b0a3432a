import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Random, random, randomNormal } from '../../../stats/random.ts';
import { type Decision, readDecisions } from '../../alerts/decision-log.ts';
import { episodesOf } from '../../alerts/episodes.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import {
  addLabels,
  addModel,
  addPredictions,
  createWorld,
  HOUR,
  START,
  type TestLabel,
  type World,
} from '../../profiles/test-world.ts';
import { evaluate } from './evaluate.ts';

/** Normal hours, which come first and whole, and the hours after them. */
const NORMAL = 48;
const HOURS = 116;
const PER_HOUR = 12;

type Row = Record<string, unknown> & { readonly _id: string };
interface Sent {
  readonly rows: Row[];
  readonly labels: TestLabel[];
}

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const within = (hour: number, from: number, to: number) => hour >= from && hour < to;

/** What happens in an hour: a column goes missing, another shifts, quality falls, traffic fails, answers get slow. */
function hourOf(hour: number, next: Random): Sent {
  const count = within(hour, 100, 104) ? 1 : PER_HOUR;
  const rows = Array.from({ length: count }, (_, i): Row => {
    const missing = within(hour, 60, 68) || within(hour, 110, 114);
    return {
      _id: `${hour}-${i}`,
      _time: START + hour * HOUR + Math.floor((i / PER_HOUR) * HOUR),
      _error: next() < (within(hour, 85, 90) ? 0.5 : 0.02) ? 'timeout' : null,
      _latency_ms: Math.exp(3 + randomNormal(next) / 4) * (within(hour, 75, 80) ? 4 : 1),
      _prediction: 50,
      age: missing && next() < 0.7 ? null : randomNormal(next),
      income: randomNormal(next) + (hour >= 95 ? 2 : 0),
    };
  });
  const labels = rows.map(({ _id }) => ({ id: _id, label: 50 + randomNormal(next) * (hour >= 90 ? 3 : 1) }));
  return { rows, labels };
}

function everything(): { normal: Sent; later: Sent } {
  const next = random(11);
  const all = Array.from({ length: HOURS }, (_, hour) => hourOf(hour, next));
  const join = (some: readonly Sent[]): Sent => ({
    rows: some.flatMap(({ rows }) => rows),
    labels: some.flatMap(({ labels }) => labels),
  });
  return { normal: join(all.slice(0, NORMAL)), later: join(all.slice(NORMAL)) };
}

async function model(id: string): Promise<void> {
  const types = { _prediction: 'numeric', age: 'numeric', income: 'numeric' } as const;
  await addModel(world, id, types, { task: 'regression', window_ms: 6 * HOUR });
  await world.ctx.ledger
    .insertInto('references')
    .values({
      id: `ref-${id}`,
      model: id,
      name: 'normal',
      kind: 'fixed',
      options: JSON.stringify({ from: START, to: START + NORMAL * HOUR }),
      created_by: 'test',
      created_by_id: null,
      created_at: 0,
    })
    .execute();
  await world.ctx.ledger
    .updateTable('models')
    .set({ reference_id: `ref-${id}` })
    .where('id', '=', id)
    .execute();
}

async function send(id: string, { rows, labels }: Sent): Promise<void> {
  await addPredictions(world, id, rows);
  await addLabels(world, id, labels);
  world.now += 60_000;
  await rollUp(world.ctx, id);
  world.now += 60_000;
  await rollUp(world.ctx, id);
}

async function judge(id: string): Promise<void> {
  await evaluate(world.ctx, await holdModel(world.ctx, id));
}

/** What is known of a model in the end: values, states, and what was told to fire. */
async function standing(id: string) {
  const rows = await world.ctx.lake.query<{
    series: string;
    hour: number;
    found: (number | string | null)[];
  }>(
    `SELECT concat(kind, ' ', metric, ' ', column) AS series, intDiv(toUnixTimestamp64Milli(time) - {start:Int64}, ${HOUR}) AS hour,
  argMax(tuple(value, low, high, n, status), tuple(known = 'now', known_at)) AS found
FROM tiltmeter.signal_values WHERE model = {id:String} GROUP BY series, hour`,
    { id, start: START },
  );
  const values = new Map(
    rows.map(({ series, hour, found }) => [
      `${series} ${hour}`,
      found.map((part) => (typeof part === 'number' ? Number(part.toPrecision(9)) : part)),
    ]),
  );
  const alerts = await world.ctx.ledger.selectFrom('alerts').selectAll().where('model', '=', id).execute();
  const hour = (time: number) => (Number.isFinite(time) ? (time - START) / HOUR : time);
  const states = alerts
    .map(
      // What a model of numbers never has is told of since it was asked for first, whatever came when.
      ({ kind, metric, column, state, since }) =>
        `${kind} ${metric} ${column}: ${state}${state === 'no_data' ? '' : ` since ${hour(since)}`}`,
    )
    .sort();
  const log = (await readDecisions(world.ctx, 0, 100_000)).filter(({ model }) => model === id);
  const fired = new Map(
    alerts.map(({ id: alert, kind, metric, column }) => [
      `${kind} ${metric} ${column}`,
      episodesOf(
        null,
        log.filter((line) => line.alert === alert),
      ).map(({ firedAt, endedAt }) => [hour(firedAt), hour(endedAt)] as const),
    ]),
  );
  return { values, states, fired, log };
}

/** Openings and ends of episodes that were told more than once without having been taken back meanwhile. */
function toldTwice(log: readonly Decision[]): string[] {
  const counts = new Map<string, number>();
  const count = (what: string, by: number) => counts.set(what, (counts.get(what) ?? 0) + by);
  for (const { alert, since, from, to, reason, correction } of log) {
    const opens = to === 'firing' && from !== 'firing';
    if (reason === 'corrected') count(`open ${alert} ${since}`, -1);
    else if (opens)
      count(correction ? `end ${alert} ${since}` : `open ${alert} ${since}`, correction ? -1 : 1);
    else if (from === 'firing' && to !== 'firing') count(`end ${alert} ${since}`, 1);
  }
  return [...counts].filter(([, times]) => times > 1).map(([what]) => what);
}

/** Every row and every label falls into one of the batches, in any order. */
function split({ rows, labels }: Sent, batches: number, next: Random, late: number): Sent[] {
  const all = Array.from({ length: batches }, (): Sent => ({ rows: [], labels: [] }));
  const place = (share: number) =>
    next() < late ? Math.floor(next() * batches) : Math.min(batches - 1, Math.floor(share * batches));
  rows.forEach((row, i) => {
    all[place(i / rows.length)]!.rows.push(row);
  });
  labels.forEach((label, i) => {
    all[place(i / labels.length)]!.labels.push(label);
  });
  return all;
}

async function arrived(id: string, batches: readonly Sent[]) {
  world.now = START + 60 * 24 * HOUR;
  await model(id);
  const { normal } = everything();
  await send(id, normal);
  for (const batch of batches) {
    await send(id, batch);
    await judge(id);
  }
  world.now += 2 * HOUR;
  await rollUp(world.ctx, id);
  await judge(id);
  return standing(id);
}

let whole: Awaited<ReturnType<typeof arrived>>;
test('all at once, everything that happened is found', async () => {
  whole = await arrived('whole', [everything().later]);
  const found = new Set([...whole.fired].filter(([, episodes]) => episodes.length > 0).map(([name]) => name));
  expect([...found].sort()).toMatchInlineSnapshot(`
    [
      "concept_drift error_rise ",
      "drift js_distance_base2 age",
      "drift js_distance_base2 income",
      "error_rate error_share ",
      "latency p95 ",
      "missing missing_share age",
      "performance mae ",
    ]
  `);
});

test.each([
  ['a tenth late, by hours', 4, 0.1, 1],
  ['in any order', 4, 1, 3],
  ['a few stragglers', 5, 0.02, 4],
])(
  '%s: the same values, the same states, nothing told twice',
  async (name, batches, late, seed) => {
    const id = `split-${seed}`;
    const { values, states, fired, log } = await arrived(
      id,
      split(everything().later, batches, random(seed), late),
    );
    expect(states).toEqual(whole.states);
    expect(toldTwice(log)).toEqual([]);
    const differing = [...whole.values].filter(
      ([key, value]) => JSON.stringify(values.get(key)) !== JSON.stringify(value),
    );
    expect(differing.map(([key, value]) => [key, value, values.get(key)])).toEqual([]);
    // What a reader knows to have fired overlaps what fired, and the other way round.
    for (const [series, episodes] of whole.fired) {
      const known = fired.get(series)!;
      for (const [one, other] of [
        [episodes, known],
        [known, episodes],
      ] as const)
        for (const [from, to] of one)
          expect(
            other.some((each) => each[0] < to && from < each[1]),
            `${name}: ${series} ${from} to ${to}, known ${JSON.stringify(known)}, is ${JSON.stringify(episodes)}`,
          ).toBe(true);
      expect(known.some(([, end]) => end === Number.POSITIVE_INFINITY)).toBe(
        episodes.some(([, end]) => end === Number.POSITIVE_INFINITY),
      );
    }
  },
  120_000,
);
