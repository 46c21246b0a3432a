import { expect, test } from 'vitest';
import fixture from '../fixtures/whole.json' with { type: 'json' };
import { random, randomInteger } from '../random.ts';
import { copiedRows, type SameRows } from './copied-rows.ts';

function groups(reference: readonly string[], current: readonly string[]): SameRows[] {
  const counts = new Map<string, [number, number]>();
  for (const [side, rows] of [reference, current].entries())
    for (const row of rows) {
      const pair = counts.get(row) ?? [0, 0];
      pair[side]! += 1;
      counts.set(row, pair);
    }
  return [...counts.values()];
}

test.each(fixture.copied)(
  'as summed over the binomials of all groups: $name',
  ({ reference, current, value, low, high }) => {
    const found = copiedRows(groups(reference, current), 0.995);
    expect(found.value).toBeCloseTo(value, 9);
    expect(found.low).toBeCloseTo(low, 9);
    expect(found.high).toBeCloseTo(high, 9);
  },
);

/** Rows of which half are of some kinds that all have, half nearly their own. */
function side(n: number, next: () => number): string[] {
  return Array.from({ length: n }, () =>
    next() < 0.5 ? `k${randomInteger(next, 200)}` : `u${randomInteger(next, 1e6)}`,
  );
}

test('without change the bounds leave 0 out as seldom as they say, also where rows come twice on both sides', () => {
  const next = random(12);
  const twice = (rows: string[]) => rows.map((row, i) => (i % 10 === 0 && i > 0 ? rows[i - 1]! : row));
  let alarms = 0;
  for (let round = 0; round < 400; round++) {
    const make = round % 2 ? (n: number) => twice(side(n, next)) : (n: number) => side(n, next);
    alarms += Number(copiedRows(groups(make(400), make(round % 3 ? 400 : 150)), 0.95).low > 0);
  }
  expect(alarms / 400).toBeLessThan(0.08);
});

test('copies of rare rows are seen among common ones; nothing equal is no copy', () => {
  const next = random(13);
  let [named, sum] = [0, 0];
  for (let round = 0; round < 40; round++) {
    const current = side(4000, next);
    for (let i = 0; i < 80; i++) current[3999 - i] = current[i]!;
    const { value, low } = copiedRows(groups(side(4000, next), current), 0.995);
    named += Number(low > 0);
    sum += value / 40;
  }
  expect(named).toBeGreaterThanOrEqual(38);
  expect(sum).toBeGreaterThan(0.016);
  expect(sum).toBeLessThan(0.024);
  expect(copiedRows([[1, 0], [0, 1]])).toEqual({ value: 0, low: 0, high: 0 }); // biome-ignore format: one line
  expect(copiedRows([])).toEqual({ value: 0, low: 0, high: 0 });
});

test.each([
  [2000, 2000],
  [10_000, 2000],
  [2000, 10_000],
])('among rows that never repeat the copies are those that do, of however many: %d and %d rows', (m, n) => {
  for (const share of [0.02, 0.1, 0.3]) {
    const copies = share * n;
    const all = [
      ...Array.from({ length: m }, () => [1, 0] as const),
      ...Array.from({ length: n - 2 * copies }, () => [0, 1] as const),
      ...Array.from({ length: copies }, () => [0, 2] as const),
    ];
    const { value, low, high } = copiedRows(all);
    expect(value).toBeCloseTo(share, 12);
    expect(low).toBeLessThan(share);
    expect(high).toBeGreaterThan(share);
    const mirrored = copiedRows(all.map(([r, c]) => [c, r] as const));
    expect(mirrored.value).toBeCloseTo(-share, 12);
  }
});
