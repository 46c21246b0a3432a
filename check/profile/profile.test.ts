import { expect, test } from 'vitest';
import { TableProfile } from '../../contract/table-profile.ts';
import { openWorkspace } from '../../tables/engine/workspace.ts';
import { createWorld, csv } from '../world.testing.ts';
import { profileTable } from './profile.ts';

const world = createWorld();
const N = 400;
const rows = (value: (i: number) => string | number | null) => Array.from({ length: N }, (_, i) => value(i));

async function profile(file: string) {
  const workspace = openWorkspace();
  try {
    const found = await profileTable(
      world.engine,
      workspace,
      file,
      () => 0,
      () => undefined,
    );
    expect(TableProfile.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
    return { ...found, of: (name: string) => found.columns.find((column) => column.name === name)! };
  } finally {
    workspace.dispose();
  }
}

const file = world.write(
  'table.csv',
  csv({
    id: rows((i) => i + 1),
    age: rows((i) => 20 + (i % 50)),
    amount: rows((i) => ((i * 7919) % 1000) / 10),
    country: rows((i) => ['DE', 'DE', 'FR', 'IT'][i % 4]!),
    empty: rows(() => null),
    half: rows((i) => (i % 3 === 0 ? 'x' : null)),
    one: rows(() => 'same'),
    nearly: rows((i) => (i === 7 ? 'b' : 'a')),
    mixed: rows((i) => (i % 2 ? `${i % 7}` : 'n/k')),
    typed: rows((i) => (i % 100 === 0 ? 'oops' : i * 1.5)),
    note: rows((i) => `the customer number ${i} said something about ${(i * 31) % 77}`),
    day: rows((i) => `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`),
  }),
);

test('every column: type, given values, figures that can be counted by hand', async () => {
  const { of, rows: all, columns } = await profile(file);
  expect(all).toBe(N);
  expect(columns.map(({ name }) => name)).toEqual([
    'id',
    'age',
    'amount',
    'country',
    'empty',
    'half',
    'one',
    'nearly',
    'mixed',
    'typed',
    'note',
    'day',
  ]);
  expect(of('age')).toMatchObject({
    type: 'numeric',
    n: N,
    distinct: 50,
    distinct_exact: true,
    min: 20,
    max: 69,
    mean: 44.5,
  });
  expect(of('age').quantiles).toEqual({ p1: 20, p5: 22, p25: 32, p50: 44, p75: 57, p95: 67, p99: 69 });
  expect(of('age').histogram!.counts.reduce((a, b) => a + b)).toBe(N);
  expect(of('amount').quantiles!.p50).toBeCloseTo(50, 0);
  expect(of('country')).toMatchObject({
    type: 'categorical',
    distinct: 3,
    top: [
      { value: 'DE', n: 200, share: 0.5 },
      { value: 'FR', n: 100, share: 0.25 },
      { value: 'IT', n: 100, share: 0.25 },
    ],
    rest: 0,
  });
  expect(of('day')).toMatchObject({ type: 'time', first: '2026-01-01', last: '2026-01-28' });
  expect(of('note')).toMatchObject({ type: 'text', measures: 'lengths' });
});

test.each([
  ['id', 'identifier', 'note', 'is an identifier: its values hardly repeat'],
  ['empty', 'all_missing', 'warning', 'has no value'],
  ['half', 'constant', 'warning', 'has one value only'],
  ['half', 'mostly_missing', 'warning', '67 % of the rows have no value'],
  ['one', 'constant', 'warning', 'has one value only'],
  ['nearly', 'almost_constant', 'warning', '99.8 % of the values are the same'],
  ['mixed', 'mixed_types', 'warning', '50 % of its values read as numbers, the others do not'],
  ['typed', 'mixed_types', 'warning', '4 of its values are not finite numbers'],
  ['note', 'free_text', 'note', 'is free text; its figures are of the length in characters'],
] as const)('%s: %s', async (name, kind, severity, sentence) => {
  const { of } = await profile(file);
  expect(of(name).remarks).toContainEqual({ kind, severity, sentence });
});

test('sound columns have no remark', async () => {
  const { of } = await profile(file);
  for (const name of ['age', 'amount', 'country', 'day']) expect(of(name).remarks).toEqual([]);
});

test('a million categories: the frequent ones, and that there are more', async () => {
  const big = world.write(
    'big.csv',
    `word,place\n${Array.from({ length: 300_000 }, (_, i) => `${i % 7 < 3 ? 'often' : `w${(i * 7919) % 100_000}`},${i}`).join('\n')}\n`,
  );
  const { of } = await profile(big);
  expect(of('word').top[0]).toMatchObject({ value: 'often', n: 128_572 });
  expect(of('word')).toMatchObject({ distinct_exact: false });
  expect(of('word').remarks).toContainEqual(expect.objectContaining({ kind: 'many_categories' }));
  expect(of('word').top.reduce((sum, { n }) => sum + n, 0) + of('word').rest).toBe(300_000);
});
