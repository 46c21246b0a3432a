import { expect, test } from 'vitest';
import { type Hash, hashOf, seedOf } from './hash.ts';
import { Slices } from './slices.ts';

const DAY = 86_400_000;
const seed = seedOf('t');
const hash = (id: string): Hash => [...hashOf(id, seed)];
const slices = (now: number, maxBytes = 1e9) => new Slices({ horizonMs: 7 * DAY, maxBytes }, now);

test('an id is known for the horizon, and let go with the others of its day', () => {
  const all = slices(0);
  all.add(hash('a'));
  for (let day = 1; day <= 8; day++) {
    all.tidy(day * DAY);
    all.add(hash(`day-${day}`));
    expect(all.has(hash('a'))).toBe(true);
    expect(all.since(day * DAY)).toBe((day - 7) * DAY);
  }
  const gone = all.tidy(8 * DAY + DAY / 2);
  expect(gone.map(({ from }) => from)).toEqual([0]);
  expect(all.has(hash('a'))).toBe(false);
  expect(all.has(hash('day-1'))).toBe(true);
  expect(all.short(8 * DAY + DAY / 2)).toBe(false);
});

test('an id of an older slice is not added again', () => {
  const all = slices(0);
  expect(all.add(hash('a'))).toBe(false);
  all.tidy(DAY);
  expect(all.add(hash('a'))).toBe(true);
  expect(all.list.map(({ set }) => set.count)).toEqual([1, 0]);
});

test('more than there is memory for: the oldest are let go, and it says from when ids are known', () => {
  const all = slices(0, 2_000_000);
  let now = 0;
  for (let i = 0; i < 400_000; i++) {
    all.add(hash(`id-${i}`));
    if (i % 1000 === 999) all.tidy(++now);
  }
  expect(all.bytes).toBeLessThan(2_300_000);
  expect(all.short(now)).toBe(true);
  expect(all.since(now)).toBe(all.list[0]!.from);
  expect(all.has(hash('id-0'))).toBe(false);
  expect(all.has(hash('id-399999'))).toBe(true);
  const since = all.since(now);
  let missing = 0;
  for (let i = since * 1000; i < 400_000; i++) if (!all.has(hash(`id-${i}`))) missing++;
  expect(missing).toBe(0);
});

test('a slice is made for a time that has none', () => {
  const all = slices(10 * DAY);
  expect(all.at(10 * DAY + 5).from).toBe(10 * DAY);
  expect(all.at(10 * DAY - 5).from).toBe(9 * DAY);
  expect(all.at(6.5 * DAY).from).toBe(6 * DAY);
  expect(all.at(8.2 * DAY).from).toBe(8 * DAY);
  expect(all.list.map(({ from }) => from / DAY)).toEqual([6, 8, 9, 10]);
  expect(all.endOf(all.list[0]!)).toBe(8 * DAY);
  expect(all.endOf(all.list[3]!)).toBe(undefined);
});

test('slices that are whole give back what they had for growing', async () => {
  const all = slices(0);
  // all of one shard, which has grown then
  const within = (i: number): Hash => [Math.imul(i, 0x9e3779b1) >>> 7, Math.imul(i, 0x85ebca6b)];
  for (let i = 0; i < 40_000; i++) all.add(within(i));
  all.tidy(DAY);
  const before = all.bytes;
  await all.fit(DAY / 2);
  expect(all.bytes).toBe(before);
  await all.fit(0);
  expect(all.bytes).toBeLessThan(before);
  expect(all.has(within(7))).toBe(true);
});
