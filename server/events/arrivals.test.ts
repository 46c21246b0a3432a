import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStamps } from '../stamps.ts';
import { openLedger } from '../store/ledger/open.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import { beginArrivals, newestArrivals, newestOf } from './arrivals.ts';
import { AHEAD_MS, Announcements } from './write/announce.ts';

let dataDir: string;
let ledger: Kysely<Ledger>;
let now: number;

beforeEach(async () => {
  now = 1_795_168_800_000;
  dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-arrivals-'));
  ledger = await openLedger({ dataDir, clock: () => now });
});
afterEach(async () => {
  await ledger.destroy();
  await rm(dataDir, { recursive: true, force: true });
});

const server = () => ({ ledger, stamps: createStamps(() => now) });

test('a model is told before its rows are stored, and then not again for a while', async () => {
  const announcements = new Announcements(ledger, () => true);
  await Promise.all([
    announcements.told('predictions', ['a', 'b'], now),
    announcements.told('labels', ['a'], now + 1),
    announcements.told('predictions', ['b'], now + 2),
  ]);
  expect(await newestArrivals({ ledger })).toEqual(
    new Map([
      ['a', { predictions: now + AHEAD_MS, labels: now + 1 + AHEAD_MS }],
      ['b', { predictions: now + 2 + AHEAD_MS }],
    ]),
  );
  await announcements.told('predictions', ['a'], now + AHEAD_MS);
  expect((await newestArrivals({ ledger }, ['a'])).get('a')!.predictions).toBe(now + AHEAD_MS);
  await announcements.told('predictions', ['a'], now + AHEAD_MS + 1);
  expect((await newestArrivals({ ledger }, ['a'])).get('a')!.predictions).toBe(now + 2 * AHEAD_MS + 1);
  expect(await newestArrivals({ ledger }, [])).toEqual(new Map());
});

test('another server that is behind lowers nothing', async () => {
  await new Announcements(ledger, () => true).told('predictions', ['a'], now);
  await new Announcements(ledger, () => true).told('predictions', ['a'], now - 5000);
  expect((await newestArrivals({ ledger })).get('a')!.predictions).toBe(now + AHEAD_MS);
});

test('many models at once', async () => {
  const models = Array.from({ length: 1200 }, (_, i) => `m${i}`);
  await new Announcements(ledger, () => true).told('predictions', models, now);
  expect((await newestArrivals({ ledger })).size).toBe(1200);
});

test('of models that are not there a thousand are told by name, the others together', async () => {
  const announcements = new Announcements(ledger, (model) => model === 'credit');
  const made = (n: number) => Array.from({ length: 600 }, (_, i) => `made-up-${n}-${i}`);
  await announcements.told('labels', made(1), now);
  await announcements.told('labels', [...made(2), 'credit'], now + 1);
  await announcements.told('labels', [...made(3), ...made(1)], now + 2);
  const newest = await newestArrivals({ ledger });
  // With the one that is there, and the one that stands for all others.
  expect(newest.size).toBe(1002);
  const labels = (from: typeof newest, id: string, labelledTo: number) =>
    newestOf('labels', from, { id, created_at: now }, labelledTo);
  // One that was made a moment ago may have labels that came before it; later they are told by its name.
  expect(labels(newest, 'credit', 0)).toBe(now + 1 + AHEAD_MS);
  expect(labels(newest, 'made-up-3-7', now)).toBe(now + 1 + AHEAD_MS);
  await announcements.told('labels', made(3), now + 1 + 2 * AHEAD_MS);
  const later = await newestArrivals({ ledger }, ['made-up-3-7', 'credit']);
  expect(labels(later, 'made-up-3-7', now)).toBe(now + 1 + 3 * AHEAD_MS);
  expect(labels(later, 'credit', now + 60_001)).toBe(now + 1 + AHEAD_MS);
  expect(labels(later, 'made-up-3-7', now + 60_001)).toBe(-1);
});

test('after a restart with a clock that went back, stamps go on where they were', async () => {
  const first = server();
  await beginArrivals(first);
  const stamp = first.stamps.next();
  await new Announcements(ledger, () => true).told('predictions', ['a'], stamp);
  now -= 8 * 3_600_000;
  const second = server();
  await beginArrivals(second);
  expect(second.stamps.next()).toBeGreaterThanOrEqual(stamp);
});

test('restarts alone do not drive the stamps ahead of the clock', async () => {
  for (let i = 0; i < 5; i++) {
    const one = server();
    await beginArrivals(one);
    const stamp = one.stamps.next();
    await new Announcements(ledger, () => true).told('predictions', ['a'], stamp);
    expect(stamp - now).toBeLessThan(10);
  }
});

test('a start says of every model that there may be something to read', async () => {
  const model = {
    task: 'unknown',
    tags: '[]',
    bucket_ms: 1,
    label_delay_ms: 0,
    ranking_k: 10,
    window_ms: 1,
  } as const;
  await ledger
    .insertInto('models')
    .values({
      ...model,
      id: 'old',
      table_name: 't',

      created_at: 0,
      updated_at: 0,
    })
    .execute();
  const one = server();
  await beginArrivals(one);
  expect(await newestArrivals({ ledger })).toEqual(
    new Map([['old', { predictions: now, labels: now, outcomes: now, profiles: now }]]),
  );
  expect(one.stamps.next()).toBeGreaterThanOrEqual(now);
});
