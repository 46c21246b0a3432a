import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KnownModel, Piece } from '../agent/piece.ts';
import type { Prediction } from '../contract/prediction.ts';
import { startTestApp, type TestApp } from './app.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The middle of a past day, so that no bucket is still filling. */
const END = Math.floor(Date.now() / DAY) * DAY - DAY;
const START = END - 10 * DAY;

let tilt: TestApp;
let late = 0;
beforeAll(async () => {
  tilt = await startTestApp({ clock: () => Date.now() + late });
});
afterAll(() => tilt.stop());

/** Predictions every five minutes, of which the amounts grow tenfold at the end. */
function rows(model: string, from: number, to: number): (Prediction & { time: number })[] {
  const found: (Prediction & { time: number })[] = [];
  for (let time = from, i = from / 300_000; time < to; time += 300_000, i++)
    found.push({
      model,
      time,
      version: i % 2 ? 'a' : 'b',
      features: {
        amount: (time < END - 2 * DAY ? 1 : 10) * (100 + ((i * 37) % 89)),
        country: ['FR', 'DE', null, 'IT'][i % 4]!,
        member: i % 3 === 0,
        ...(i % 11 === 0 ? { amount: null } : {}),
      },
      prediction: i % 2 ? 'yes' : 'no',
      score: (i % 100) / 100,
      latency_ms: i % 7,
      error: i % 50 === 0 ? 'Timeout: 3 s' : null,
    });
  return found;
}

/** One agent of several, and what it counted. */
function agent(name: string) {
  const models = new Map<string, KnownModel>();
  let sequence = 0;
  return (counted: readonly (Prediction & { time: number })[]) => {
    const piece = new Piece(sequence++);
    for (const row of counted) {
      const known = models.get(row.model) ?? { bucketMs: HOUR, leftOut: [], columns: new Map() };
      models.set(row.model, known);
      piece.add(known, row, row.time);
    }
    return piece.profiles(name, models);
  };
}

/** What does not hang on the grid: the agents made grids of their own. Sums differ in their last digits. */
function exact(column: object): unknown {
  const ofGrid = ['shape', 'p05', 'p50', 'p95'];
  return JSON.parse(
    JSON.stringify(column, (name, value: unknown) =>
      ofGrid.includes(name) ? undefined : typeof value === 'number' ? Number(value.toPrecision(9)) : value,
    ),
  );
}

const send = (profiles: unknown, key?: string) => tilt.json('POST', '/api/v1/profiles', profiles, key);
const roll = () => tilt.app.runJob('models');
const columnsOf = async (model: string) =>
  (await tilt.json('GET', `/api/v1/models/${model}/columns?from=${START}&to=${END}`)).body.items;

test('what two agents counted is what the server counts of the same rows', async () => {
  const all = rows('edge', START, END);
  for (let i = 0; i < all.length; i += 1000)
    await tilt.json(
      'POST',
      '/api/v1/predictions',
      all.slice(i, i + 1000).map((row) => ({ ...row, model: 'rows' })),
    );
  await roll();
  // On the grids of the server, as an agent that asked for them has them.
  const [one, two] = [agent('one'), agent('two')];
  const halves = [one(all.filter((_, i) => i % 3 === 0)), two(all.filter((_, i) => i % 3 !== 0))];
  for (const half of halves) {
    const receipt = (await send(half)).body;
    expect(receipt).toMatchObject({ stored: half.length, rejected: [] });
  }
  await roll();

  const model = (await tilt.json('GET', '/api/v1/models/edge')).body;
  expect(model).toMatchObject({ predictions: all.length });
  const [sent, own] = [await columnsOf('edge'), await columnsOf('rows')];
  expect(sent.map(({ name }: { name: string }) => name).sort()).toEqual(
    own.map(({ name }: { name: string }) => name).sort(),
  );
  for (const column of own) {
    const other = sent.find(({ name }: { name: string }) => name === column.name);
    expect(exact(other)).toEqual(exact(column));
  }
});

test('a profile that comes twice, or again after others, changes no number', async () => {
  const counted = agent('again')(rows('twice', END - HOUR, END));
  await send(counted);
  await roll();
  await send([...counted, ...counted]);
  await roll();
  expect((await tilt.json('GET', '/api/v1/models/twice')).body.predictions).toBe(12);
  // A week later another agent comes back.
  await send(agent('late')(rows('twice', END - 8 * DAY, END - 8 * DAY + HOUR)));
  await roll();
  expect((await tilt.json('GET', '/api/v1/models/twice')).body.predictions).toBe(24);
});

test('rows and profiles of one model add up, in one bucket and in others', async () => {
  await send(agent('half')(rows('both', END - 3 * HOUR, END - HOUR)));
  await roll();
  await tilt.json('POST', '/api/v1/predictions', rows('both', END - 2 * HOUR, END));
  await roll();
  await send(agent('more')(rows('both', END - HOUR, END)));
  await tilt.json(
    'POST',
    '/api/v1/predictions',
    rows('both', END - HOUR, END).map((row) => ({ ...row, id: `x${row.time}` })),
  );
  await roll();
  expect((await tilt.json('GET', '/api/v1/models/both')).body.predictions).toBe(24 + 24 + 12 + 12);
  const traffic = (await tilt.json('GET', `/api/v1/models/both/traffic?from=${END - 3 * HOUR}&to=${END}`))
    .body;
  expect(traffic.points.map(({ n }: { n: number }) => n)).toEqual([12, 24, 36]);
});

test('drift of a model of which only profiles come is judged and becomes an incident', async () => {
  // What came in the last seconds completes no bucket.
  late = 60_000;
  await roll();
  await tilt.app.runJob('incidents');
  const { items } = (
    await tilt.json('GET', `/api/v1/models/edge/signals?kind=drift&column=amount&from=${START}&to=${END}`)
  ).body;
  expect(items[0].points.at(-1).value).toBeGreaterThan(0.9);

  const incidents = (await tilt.json('GET', '/api/v1/incidents?model=edge')).body.items;
  expect(incidents.length).toBeGreaterThan(0);
});

test('what is damaged, of another definition, from the future or too much is refused with a code, and nothing beside it', async () => {
  const [all, good, ...others] = agent('bad')(rows('bad', END - HOUR, END));
  const bad = [
    { ...all!, definition: 2 },
    { ...others[0]!, n: others[0]!.n + 1 },
    { ...all!, time: Date.now() + 3 * DAY, last: undefined },
    { ...all!, column: "x'; drop" },
    { ...others[0]!, cells: Array.from({ length: 20_001 }, (_, i) => i) },
    { ...all!, model: 'no/name' },
    { ...all!, rows: [{ age: 41 }] },
    'profile',
  ];
  const reply = await send([good, ...bad]);
  expect(reply.status).toBe(200);
  expect(reply.body.stored).toBe(1);
  expect(reply.body.rejected.map(({ code }: { code: string }) => code)).toEqual([
    'unknown_definition',
    'damaged_profile',
    'invalid_time',
    'invalid_feature_name',
    'invalid_field',
    'invalid_model_name',
    'unknown_field',
    'invalid_event',
  ]);
});

test('a key of another model stores nothing', async () => {
  const key = (
    await tilt.json('POST', '/api/v1/keys', { name: 'edge', scopes: ['ingest'], models: ['elsewhere'] })
  ).body.secret;
  const reply = await send(agent('foreign')(rows('edge', END - HOUR, END)), key);
  expect(reply.status).toBe(422);
  expect(reply.body.rejected[0].code).toBe('model_not_allowed');
});

test('a search says that there are profiles and no rows, and only there', async () => {
  const at = (model: string, from: number) =>
    tilt.json('GET', `/api/v1/models/${model}/predictions?from=${from}&to=${from + HOUR}`);
  expect((await at('edge', START)).body).toMatchObject({ items: [], no_rows: { reason: 'profiles_only' } });
  expect((await at('edge', START - 30 * DAY)).body.no_rows).toBeUndefined();
  expect((await at('rows', START)).body.no_rows).toBeUndefined();
});

test('another length of buckets merges what was sent anew, and an erased column is gone', async () => {
  await tilt.json('PATCH', '/api/v1/models/edge', { bucket_ms: DAY });
  await roll();
  const { body } = await tilt.json('GET', `/api/v1/models/edge/traffic?from=${START}&to=${END}`);
  expect(body.points.map(({ n }: { n: number }) => n)).toEqual(Array.from({ length: 10 }, () => 288));
  expect((await tilt.json('GET', '/api/v1/models/edge')).body.predictions).toBe(2880);
});
