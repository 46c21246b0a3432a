import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SentProfile } from '../../contract/sent-profile.ts';
import { refusedProfile } from '../../server/events/validate/sent-profile.ts';
import { gridEdge } from '../../stats/asinh-grid.ts';
import { readWhylogs } from './read-file.ts';
import { readFrequent, readKll } from './sketches.ts';
import { convert } from './to-profiles.ts';

// What whylogs 1.6.4 wrote, and said of it: fixtures/make_whylogs.py.
const FIXTURES = join(import.meta.dirname, 'fixtures');
const bytes = new Uint8Array(readFileSync(join(FIXTURES, 'whylogs.bin')));
type Said = Record<
  string,
  Record<string, number | null> & { 'frequent_items/frequent_strings'?: [string, number, number, number][] }
>;
const said = JSON.parse(readFileSync(join(FIXTURES, 'whylogs.json'), 'utf8')) as Said;

const profile = readWhylogs(bytes, 'whylogs.bin');
const NAMING = { model: 'm', version: 'v', agent: 'whylogs', sequence: 1, outputs: new Map() };
const { profiles, lacking } = convert(profile, NAMING);
const of = (column: string) => profiles.find((each) => each.column === column)!;

test('counts, types and moments are those that whylogs says', () => {
  expect(profile.time).toBe(Date.UTC(2026, 10, 1));
  expect([...profile.columns.keys()].sort()).toEqual(Object.keys(said).sort());
  for (const [column, told] of Object.entries(said)) {
    const { n, type, sum, min, max } = of(column);
    expect(n).toBe(told['counts/n']! - (column === 'one' ? 1 : 0));
    if (type !== 'numeric') continue;
    const count = told['types/integral']! + told['types/fractional']!;
    if (told['distribution/n'] === undefined) continue;
    expect(of(column).cell_counts.reduce((a, b) => a + b, 0)).toBe(count);
    if (count < 2) continue;
    expect(sum / count).toBeCloseTo(told['distribution/mean']!, 9);
    expect([min, max]).toEqual([told['distribution/min'], told['distribution/max']]);
    const variance = (of(column).sum2 - sum ** 2 / count) / (count - 1);
    expect(Math.sqrt(variance)).toBeCloseTo(told['distribution/stddev']!, 6);
  }
});

test('quantiles by the cells lie where those of the KLL sketch do', () => {
  for (const column of ['amount', 'age']) {
    const { cells, cell_counts, center, scale } = of(column);
    const grid = { center: center!, scale: scale! };
    for (const [name, p] of [
      ['q_05', 0.05],
      ['q_25', 0.25],
      ['median', 0.5],
      ['q_75', 0.75],
      ['q_95', 0.95],
    ] as const) {
      const before = cell_counts.map((_, i) => cell_counts.slice(0, i + 1).reduce((a, b) => a + b, 0));
      const at = before.findIndex((sum) => sum >= p * before.at(-1)!);
      const want = said[column]![`distribution/${name}`]!;
      const width = gridEdge(cells[at]! + 1, grid) - gridEdge(cells[at]!, grid);
      expect(Math.abs(gridEdge(cells[at]!, grid) - want)).toBeLessThan(2 * width + 0.5);
    }
  }
});

test('categories are the frequent items, lower bounds of them; truths are counted', () => {
  expect(of('country')).toMatchObject({ type: 'categorical', missing: 1250, invalid: 0, other: 0 });
  expect(
    Object.fromEntries(of('country').names.map((name, i) => [name, of('country').name_counts[i]])),
  ).toEqual(
    Object.fromEntries(
      said.country!['frequent_items/frequent_strings']!.map(([name, , lower]) => [name, lower]),
    ),
  );
  expect(of('member')).toMatchObject({
    type: 'boolean',
    names: ['true', 'false'],
    name_counts: [1667, 3333],
  });
  const { names, name_counts, other, n } = of('city');
  expect(names.length).toBe(100);
  expect(name_counts.reduce((a, b) => a + b, 0) + other).toBe(n);
});

test('values of another type than most are invalid; one value, few values and none are read', () => {
  expect(of('mixed')).toMatchObject({ type: 'numeric', n: 5000, missing: 0, invalid: 2500 });
  expect(of('few')).toMatchObject({ missing: 4997, sum: 3, min: 0, max: 2 });
  // whylogs itself says nothing of a single number but that there was one.
  expect(said.one!['distribution/n']).toBeUndefined();
  expect(of('one')).toMatchObject({ n: 4999, missing: 4999, invalid: 0, cells: [] });
  expect(lacking).toEqual([{ column: 'one', reason: 'no_quantiles' }]);
  expect(of('_all')).toMatchObject({ type: 'rows', n: 5000 });
});

test('all that is made can be merged', () => {
  for (const each of profiles)
    expect([each.column, refusedProfile(SentProfile.parse(each))]).toEqual([each.column, undefined]);
});

test('what the model has decides: its grid, its types, what is left out, which column is the answer', () => {
  const grid = { center: 5, scale: 3 };
  const known = {
    bucketMs: 3_600_000,
    leftOut: ['city'],
    columns: new Map([
      ['amount', { type: 'numeric' as const, grid }],
      ['age', { type: 'categorical' as const, grid: null }],
    ]),
  };
  const made = convert(profile, { ...NAMING, outputs: new Map([['member', '_prediction' as const]]) }, known);
  const column = (name: string) => made.profiles.find((each) => each.column === name);
  expect(column('amount')).toMatchObject(grid);
  expect(column('age')).toMatchObject({ type: 'categorical', invalid: 5000 });
  expect(column('_prediction')).toMatchObject({ type: 'boolean', n: 5000 });
  expect(made.lacking).toContainEqual({ column: 'city', reason: 'left_out' });
});

test('what is cut off, damaged or something else is said so, and nothing worse', () => {
  for (const part of [0, 3, 4, 40, 500, 5_000, 60_000, bytes.length - 1])
    expect(() => convert(readWhylogs(bytes.subarray(0, part), 'x.bin'), NAMING)).toThrow(
      /x\.bin|sketch|bounds/,
    );
  expect(() => readWhylogs(new TextEncoder().encode('id,age\n1,2\n'), 'x.csv')).toThrow(
    'does not begin with WHY1',
  );
  expect(() => readKll(new Uint8Array(8))).toThrow(RangeError);
  expect(() => readFrequent(new Uint8Array(40))).toThrow(RangeError);
});

test('sketches of nothing and of a single value are read as DataSketches writes them', () => {
  // kll_doubles_sketch(1024).serialize() of whylogs-sketching 3.4.1, empty and after update(7.5).
  const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
  expect(readKll(hex('02010f0100040800'))).toMatchObject({ n: 0, values: [] });
  expect(readKll(hex('02020f04000408000000000000001e40'))).toMatchObject({
    ...{ n: 1, min: 7.5, max: 7.5 },
    values: [{ value: 7.5, weight: 1 }],
  });
});
