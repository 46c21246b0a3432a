import { expect, test } from 'vitest';
import { categorySlot, SLOTS } from '../stats/category-slot.ts';
import type { ColumnType } from '../tables/rules/infer.ts';
import { axisOf, cellOf } from './axis.ts';
import { type CountedColumn, type CountPlan, countColumns } from './count.ts';
import { createWorld, csv } from './world.testing.ts';

const world = createWorld();
const N = 3000;
/** Deterministic noise in [0, 1). */
const noise = (i: number, seed: number) => {
  const x = Math.sin(i * 12.9898 + seed * 78.233) * 43_758.5453;
  return x - Math.floor(x);
};
const numbers = Array.from({ length: N }, (_, i) => (i % 40 === 0 ? null : 1e6 + 100 * noise(i, 1)));
const heavy = Array.from({ length: N }, (_, i) => Math.exp(12 * noise(i, 2) - 6));
const letters = Array.from({ length: N }, (_, i) =>
  i % 50 === 0 ? 'NA' : 'abcdefg'[Math.floor(7 * noise(i, 3) ** 2)]!,
);
const dirty = Array.from({ length: N }, (_, i) =>
  i % 100 === 0 ? 'broken' : i % 101 === 0 ? 'inf' : noise(i, 4).toFixed(3),
);
const flags = Array.from({ length: N }, (_, i) => ['True', 'FALSE', 'true', ''][i % 4]!);
const texts = Array.from({ length: N }, (_, i) => 'wörter '.repeat(1 + (i % 5)).trim());

const text = world.write('t.csv', csv({ numbers, heavy, letters, dirty, flags, texts }));
const table = await world.open(text);
const parquet = world.path('t.parquet');
await world.engine.rows(`INSERT INTO FUNCTION file('${parquet}', 'Parquet') SELECT
  toFloat64OrNull(c0) AS numbers, assumeNotNull(toFloat64OrNull(c1)) AS heavy, if(c2 = 'NA', NULL, c2) AS letters, c3 AS dirty, c4 AS flags, c5 AS texts
  FROM ${table.relation} ${table.settings}`);
const typed = await world.open(parquet);

function plan(name: string, type: ColumnType, more: Partial<CountPlan> = {}): CountPlan {
  return { name, type, axis: null, known: null, clipped: false, presenceOnly: false, ...more };
}

const linear = axisOf(
  [1e6, 1e6, 1e6, 1e6 + 25, 1e6 + 50, 1e6 + 75, 1e6 + 100, 1e6 + 100, 1e6 + 100],
  1e6,
  1e6 + 100,
  false,
);
const asinh = axisOf([0.01, 0.01, 0.02, 0.05, 1, 20, 200, 400, 400], 0, 403, false);
const plans = [
  plan('numbers', 'numeric', { axis: linear }),
  plan('heavy', 'numeric', { axis: asinh }),
  plan('letters', 'categorical'),
  plan('dirty', 'numeric', { axis: axisOf([0, 0, 0, 0.25, 0.5, 0.75, 1, 1, 1], 0, 1, false) }),
  plan('flags', 'boolean'),
  plan('texts', 'text', { axis: axisOf([0, 0, 0, 10, 20, 30, 40, 40, 40], 0, 40, true) }),
];

function tally<Key>(keys: Iterable<Key>): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const sorted = <Value>(map: ReadonlyMap<Value, number>) => [...map].sort((a, b) => (a[0] < b[0] ? -1 : 1));

describeBoth('CSV', table);
describeBoth('Parquet', typed);

function describeBoth(format: string, source: typeof table): void {
  let counted: Map<string, CountedColumn>;
  test(`${format}: numbers on both axes are where plain JavaScript puts them`, async () => {
    counted = await countColumns(world.engine, source, plans);
    for (const [name, axis, values] of [
      ['numbers', linear, numbers],
      ['heavy', asinh, heavy],
    ] as const) {
      const given = (values as (number | null)[]).filter((x): x is number => x !== null);
      const column = counted.get(name)!;
      expect(sorted(column.grid)).toEqual(sorted(tally(given.map((x) => cellOf(x, axis)))));
      expect(column).toMatchObject({ n: N, missing: N - given.length, invalid: 0 });
      const mean = given.reduce((sum, x) => sum + x, 0) / given.length;
      const variance = given.reduce((sum, x) => sum + (x - mean) ** 2, 0) / given.length;
      expect(Math.abs(column.mean! / mean - 1)).toBeLessThan(1e-12);
      expect(Math.abs(column.variance! / variance - 1)).toBeLessThan(1e-9);
      expect([column.min, column.max]).toEqual([Math.min(...given), Math.max(...given)]);
    }
  });

  test(`${format}: categories, booleans however they are spelt, missing words`, () => {
    expect(sorted(counted.get('letters')!.counts)).toEqual(sorted(tally(letters.filter((x) => x !== 'NA'))));
    expect(counted.get('letters')).toMatchObject({
      missing: letters.filter((x) => x === 'NA').length,
      complete: true,
    });
    expect(sorted(counted.get('flags')!.counts)).toEqual([
      ['false', N / 4],
      ['true', N / 2],
    ]);
    expect(counted.get('flags')!.missing).toBe(N / 4);
  });

  test(`${format}: what is no finite number is invalid, not missing`, () => {
    const broken = dirty.filter((x) => x === 'broken' || x === 'inf').length;
    expect(counted.get('dirty')).toMatchObject({ missing: 0, invalid: broken });
  });

  test(`${format}: lengths of texts are of characters`, () => {
    expect(sorted(counted.get('texts')!.grid).map(([cell]) => cell)).toEqual(
      [6, 13, 20, 27, 34].map((length) => cellOf(length, plans[5]!.axis!)),
    );
  });

  test(`${format}: known categories are counted by name, the others together`, async () => {
    const known = await countColumns(world.engine, source, [
      plan('letters', 'categorical', { known: ['a', 'c', 'never'] }),
    ]);
    const all = tally(letters);
    const letter = known.get('letters')!;
    expect(sorted(letter.counts)).toEqual([
      ['a', all.get('a')],
      ['c', all.get('c')],
    ]);
    expect(letter.missing).toBe(all.get('NA'));
    expect(letter.other).toBe(N - all.get('a')! - all.get('c')! - all.get('NA')!);
    expect(letter.strangers[0]).toBe('b');
  });
}

test('more categories than are listed: all are counted by their slot, as plain JavaScript does', async () => {
  const names = Array.from({ length: 6000 }, (_, i) =>
    i % 7 === 0 ? 'NA' : `größe ${Math.floor(3000 * noise(i, 9))}`,
  );
  const source = await world.open(world.write('crowded.csv', csv({ names })));
  const wanted = plan('names', 'categorical', { known: ['größe 1', 'größe 2'], crowded: true });
  const counted = (await countColumns(world.engine, source, [wanted])).get('names')!;
  const slots = new Array<number>(SLOTS).fill(0);
  for (const name of names) if (name !== 'NA') slots[categorySlot(name)]!++;
  expect(counted.slots).toEqual(slots);
});
