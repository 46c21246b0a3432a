import { expect, test } from 'vitest';
import { random, randomInteger, randomNormal } from '../../stats/random.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import { offTheirLattice } from './lattice.ts';
import { nearUniqueMoves } from './near-unique.ts';
import { allPairs, dependenceOf as dependenceOfPairs } from './pairs.ts';
import { repeatsOf } from './repeats.ts';
import type { WholeRows } from './sample.ts';

const next = random(20);

/** Two numbers that go together, a category that goes with them, one that goes with nothing, a multiple of 30. */
function rows(n: number, tied = 0.6): Feature[] {
  const x = Float64Array.from({ length: n }, () => randomNormal(next));
  const y = x.map((value) => tied * value + Math.sqrt(1 - tied * tied) * randomNormal(next));
  const kind = Array.from(y, (value) => (value + randomNormal(next) * (tied > 0.5 ? 1 : 3) > 0 ? 'a' : 'b'));
  return [
    { name: 'x', kind: 'numeric', values: x },
    { name: 'y', kind: 'numeric', values: y },
    { name: 'kind', kind: 'categorical', values: kind },
    { name: 'other', kind: 'categorical', values: kind.map(() => `c${randomInteger(next, 5)}`) },
    { name: 'minutes', kind: 'numeric', values: x.map(() => 30 * randomInteger(next, 40)) },
  ];
}

const dependenceOf = (rows: WholeRows) => dependenceOfPairs(rows, allPairs(rows));
const whole = (reference: Feature[], current: Feature[]): WholeRows => ({
  reference,
  current,
  complete: true,
});

test('half of a correlation is gone: the pair is named, and that of number and category; others are not', () => {
  const found = dependenceOf(whole(rows(2000), rows(2000, 0.3)));
  const named = found.changed.map(({ columns }) => columns.join(' & '));
  expect(named).toContain('x & y');
  expect(named).toContain('y & kind');
  expect(named.filter((pair) => pair.includes('other') || pair.includes('minutes'))).toEqual([]);
  expect(found.changed.find(({ columns }) => columns[0] === 'x')).toMatchObject({
    measure: 'rank_correlation',
  });
});

test('numbers of few values that decide a category: which quarter their ties fall into is no change', () => {
  const scores = (n: number): Feature[] => {
    const score = Float64Array.from({ length: n }, () => Math.ceil(10 * next() ** 1.5));
    const text = Array.from(score, (x) => (x <= 4 ? 'low' : x <= 7 ? 'medium' : 'high'));
    return [
      { name: 'score', kind: 'numeric', values: score },
      { name: 'text', kind: 'categorical', values: text },
    ];
  };
  let alarms = 0;
  for (let round = 0; round < 60; round++)
    alarms += dependenceOf(whole(scores(200), scores(200))).changed.length;
  expect(alarms).toBeLessThanOrEqual(2);
});

test('without change no pair is named, no row repeats, no value leaves its lattice', () => {
  let alarms = 0;
  for (let round = 0; round < 40; round++) {
    const sides = whole(rows(300), rows(300));
    alarms += dependenceOf(sides).changed.length + offTheirLattice(sides).size;
    alarms += Number(repeatsOf(sides)!.status !== 'ok');
  }
  expect(alarms).toBeLessThanOrEqual(1);
});

test('copies of rows: two in a hundred are told of, ten fail; of a sample nothing is said', () => {
  const copied = (share: number): Feature[] =>
    rows(2000).map((feature) => {
      const values = Array.from(feature.values as ArrayLike<never>);
      for (let i = 0; i < share * 2000; i++) values[1999 - i] = values[i]!;
      return { ...feature, values } as Feature;
    });
  expect(repeatsOf(whole(rows(2000), copied(0.02)))).toMatchObject({ status: 'shift', current: 0.02 });
  expect(repeatsOf(whole(rows(2000), copied(0.1)))).toMatchObject({ status: 'quality', shared: 0 });
  expect(repeatsOf({ ...whole(rows(200), copied(0.1)), complete: false })).toBeNull();
  const same = rows(500);
  expect(repeatsOf(whole(same, same))).toMatchObject({ status: 'ok', shared: 1 });
});

test('multiples of 30 that hold others now', () => {
  const current = rows(1000);
  const minutes = current[4]!.values as Float64Array;
  for (let i = 0; i < 50; i++) minutes[i] = 30 * i + 7;
  expect([...offTheirLattice(whole(rows(1000), current))]).toEqual([
    ['minutes', 'values were all multiples of 30, now 5.0 % are not'],
  ]);
});

test('values that hardly repeat: fewer distinct ones, longer ones; without change nothing', () => {
  const codes = (n: number, kinds: number, more = ''): Feature[] => [
    {
      name: 'code',
      kind: 'categorical',
      values: Array.from({ length: n }, () => `${more}${1e6 + randomInteger(next, kinds)}`),
    },
  ];
  const sides = (current: Feature[]) =>
    [...nearUniqueMoves(whole(codes(500, 2000), current))].flatMap(([, said]) => said);
  let alarms = 0;
  for (let round = 0; round < 60; round++) alarms += sides(codes(round % 2 ? 500 : 200, 2000)).length;
  expect(alarms).toBeLessThanOrEqual(1);
  expect(sides(codes(500, 300))).toEqual([
    expect.stringMatching(/^distinct values went from \d\d % to \d\d % of the rows/),
  ]);
  expect(sides(codes(500, 2000, 'DE-'))).toContainEqual(expect.stringMatching(/^texts became longer/));
});
