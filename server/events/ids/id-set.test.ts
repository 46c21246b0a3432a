import { expect, test } from 'vitest';
import { hashOf, seedOf } from './hash.ts';
import { IdSet, SHARDS } from './id-set.ts';

const seed = seedOf('t');
const shards = Array.from({ length: SHARDS }, (_, i) => i);

test.each([
  ['counted', (i: number) => `order-${i}`],
  ['bare numbers', (i: number) => String(i)],
  ['like UUIDs', (i: number) => `0000${i.toString(16).padStart(4, '0')}-0000-4000-8000-${i * 7919}`],
])('no id is forgotten and new ones are not claimed, before and after it is fitted: %s', (_name, id) => {
  const set = new IdSet();
  const count = 300_000;
  let claimed = 0;
  for (let i = 0; i < count; i++) if (set.add(hashOf(id(i), seed))) claimed++;
  const forgotten = () => {
    let n = 0;
    for (let i = 0; i < count; i++) if (!set.has(hashOf(id(i), seed))) n++;
    return n;
  };
  expect(forgotten()).toBe(0);
  for (const shard of shards) set.fit(shard);
  expect(forgotten()).toBe(0);
  for (let i = 0; i < count; i++) if (set.has(hashOf(`new-${i}`, seed))) claimed++;
  expect(claimed).toBeLessThan(3);
  expect(set.count).toBe(count - claimed);
});

test('what is added twice is there once', () => {
  const set = new IdSet();
  expect(set.add(hashOf('a', seed))).toBe(false);
  expect(set.add(hashOf('a', seed))).toBe(true);
  expect(set.count).toBe(1);
  expect(set.has(hashOf('b', seed))).toBe(false);
});

test('one id in two tables is two', () => {
  const set = new IdSet();
  set.add(hashOf('a', seed));
  expect(set.has(hashOf('a', seedOf('u')))).toBe(false);
});

test('small sets are small, large ones take less than 5 bytes an id once they are fitted', () => {
  const few = new IdSet();
  for (let i = 0; i < 1000; i++) few.add(hashOf(`few-${i}`, seed));
  expect(few.bytes).toBeLessThan(100_000);
  const many = new IdSet();
  for (let i = 0; i < 3_000_000; i++) many.add(hashOf(`many-${i}`, seed));
  for (const shard of shards) many.fit(shard);
  expect(many.bytes / many.count).toBeLessThan(5);
});
