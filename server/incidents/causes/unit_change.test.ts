import { expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { diagnose } from '../diagnose.ts';
import { caseOfRows } from '../testing/case-of-rows.ts';
import { planted } from '../testing/planted.ts';

test('says by how much, and what it usually is', () => {
  const { causes, columns } = planted('unit_change', { strength: 1 });
  expect(causes[0]).toMatchObject({ kind: 'unit_change', column: columns[0] });
  expect(causes[0]!.sentence).toContain(
    `${columns[0]} is 100 times larger; its shape is unchanged: a unit change, such as cents for euros`,
  );
});

test('of a column that is mostly zero the other values must be converted: that there are fewer of them is no unit', () => {
  const next = random(6);
  const of = (n: number, share: number, factor: number) =>
    Array.from({ length: n }, () => {
      const gain = next() < share ? factor * (1000 + 9000 * next()) : 0;
      const features = { gain, age: 20 + 50 * next() };
      return { features, answer: next(), label: 'yes', latencyMs: 5, error: null };
    });
  const before = of(3000, 0.3, 1);
  const named = (after: ReturnType<typeof of>) => {
    const { facts, evidence } = caseOfRows({ before, after, numeric: ['gain', 'age'], categorical: [] });
    return diagnose(facts, evidence).map(({ kind }) => kind);
  };
  expect(named(of(1500, 0.3, 0.1))[0]).toBe('unit_change');
  expect(named(of(1500, 0.15, 1))).not.toContain('unit_change');
});

test('whole numbers that came through a conversion are told from others that lie about there, by their values', () => {
  const next = random(8);
  const of = (n: number, share: number, broken: (age: number) => number) =>
    Array.from({ length: n }, () => {
      const age = 20 + Math.floor(50 * next());
      const features = { age: next() < share ? broken(age) : age, height: 150 + 40 * next() };
      return { features, answer: next(), label: 'yes', latencyMs: 5, error: null };
    });
  const before = of(3000, 0, (age) => age);
  const first = (broken: (age: number) => number) => {
    const after = of(1200, 0.25, broken);
    const { facts, evidence } = caseOfRows({ before, after, numeric: ['age', 'height'], categorical: [] });
    return diagnose(facts, evidence)[0]!.kind;
  };
  expect(first((age) => 1.8 * age + 32)).toBe('unit_change');
  expect(first((age) => Math.round(1.8 * age + 32))).toBe('unit_change');
  expect(first(() => 71 + 87 * next())).toBe('out_of_range');
});

/** What is named first where one column of whole numbers comes as `after` makes them. */
function firstOf(before: () => number, after: () => number, rows = 1500) {
  const next = random(9);
  const of = (n: number, value: () => number) =>
    Array.from({ length: n }, () => {
      const features = { value: value(), height: 150 + 40 * next() };
      return { features, answer: next(), label: 'yes', latencyMs: 5, error: null };
    });
  const sides = { before: of(2 * rows, before), after: of(rows, after) };
  const { facts, evidence } = caseOfRows({ ...sides, numeric: ['value', 'height'], categorical: [] });
  return diagnose(facts, evidence)[0]!.kind;
}

test('numbers that were multiplied lie further apart by chance too: half of them a hundred times larger is a unit, in each of eight samples', () => {
  for (let seed = 10; seed < 18; seed++) {
    const next = random(seed);
    const season = () => (next() < 0.5 ? 24 : -2);
    const degrees = () => Math.round(season() + 12 * (next() + next() + next() - 1.5));
    expect(firstOf(degrees, () => (next() < 0.54 ? 100 : 1) * degrees(), 500)).toBe('unit_change');
  }
});

test('whole numbers of which none is new were not converted: small ones came more often', () => {
  const next = random(11);
  const day = () => 1 + Math.floor(31 * next());
  const small = () => {
    for (;;) {
      const value = day();
      if (next() < 12 ** -(value / 31)) return value;
    }
  };
  expect(firstOf(day, () => (next() < 0.85 ? small() : day()))).toBe('covariate_shift');
});
