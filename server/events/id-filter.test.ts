import { expect, test } from 'vitest';
import { IdFilter } from './id-filter.ts';

test('it forgets no id and hardly ever claims one that it never saw', () => {
  const filter = new IdFilter();
  const count = 200_000;
  let early = 0;
  for (let i = 0; i < count; i++) if (filter.add(`order-${i}`)) early++;
  expect(early).toBeLessThan(40);
  for (let i = 0; i < count; i++) if (!filter.has(`order-${i}`)) throw new Error(`forgot ${i}`);
  let claimed = 0;
  for (let i = 0; i < count; i++) if (filter.has(`other-${i}`)) claimed++;
  expect(claimed).toBeLessThan(40);
  expect(filter.bytes).toBeLessThan(count * 8);
});

test('random ids, ids of one character, long ids', () => {
  const filter = new IdFilter();
  for (const id of ['a', 'b', '', 'é', '😀', 'x'.repeat(256)]) {
    expect(filter.has(id)).toBe(false);
    expect(filter.add(id)).toBe(false);
    expect(filter.add(id)).toBe(true);
  }
});

test('without more memory it still forgets nothing', () => {
  const filter = new IdFilter(() => false);
  for (let i = 0; i < 20_000; i++) filter.add(`id-${i}`);
  for (let i = 0; i < 20_000; i++) if (!filter.has(`id-${i}`)) throw new Error(`forgot ${i}`);
  expect(filter.bytes).toBe(4096);
});
