import { expect, test } from 'vitest';
import { type ColumnSummary, suggestConstraints, violations } from './constraints.ts';

const none = { missing: 0, invalid: 0, min: null, max: null, counts: new Map<string, number>(), other: 0 };
const age: ColumnSummary = { ...none, name: 'age', type: 'numeric', n: 1000, missing: 10, min: 17, max: 90 };
const colours = new Map([['red', 400], ['blue', 600]]); // biome-ignore format: a map
const colour: ColumnSummary = { ...none, name: 'colour', type: 'categorical', n: 1000, counts: colours };

test('the reference meets what it suggests, and so does JSON of it', () => {
  const rules = suggestConstraints([age, colour]);
  expect(rules[0]).toMatchObject({
    type: 'numeric',
    range: [expect.closeTo(9.7, 9), expect.closeTo(97.3, 9)],
  });
  expect(rules[0]!.maxMissing).toBeCloseTo(0.0183, 3);
  expect(rules[1]).toMatchObject({ allowed: ['blue', 'red'] });
  expect(violations([age, colour], JSON.parse(JSON.stringify(rules)))).toEqual([]);
});

test('each constraint, by its own name', () => {
  const rules = suggestConstraints([age, colour]);
  const of = (column: ColumnSummary): string[] =>
    violations([column], rules.filter(({ name }) => name === column.name)).map(({ constraint }) => constraint); // biome-ignore format: one line
  expect(of({ ...age, missing: 300 })).toEqual(['missing']);
  expect(of({ ...age, invalid: 30 })).toEqual(['invalid']);
  expect(of({ ...age, min: -1, max: 999 })).toEqual(['range', 'range']);
  expect(of({ ...age, type: 'categorical', missing: 900 })).toEqual(['type']);
  expect(violations([age], rules)).toMatchObject([{ column: 'colour', constraint: 'present' }]);
  const strange = violations(
    [{ ...colour, counts: new Map([...colours, ['green', 3]]), n: 1003 }],
    [rules[1]!],
  );
  expect(strange).toMatchObject([{ constraint: 'allowed', observed: 'green', share: { value: 3 / 1003 } }]);
  expect(of({ ...colour, other: 5 })).toEqual(['allowed']);
});

test('few rows are not blamed for chance; no rows break nothing', () => {
  const rules = suggestConstraints([age]);
  expect(violations([{ ...age, n: 20, missing: 1 }], rules)).toEqual([]);
  expect(violations([{ ...none, name: 'age', type: 'numeric', n: 0 }], rules)).toEqual([]);
});

test('what cannot be told is left open', () => {
  const many = new Map(Array.from({ length: 60 }, (_, i) => [`c${i}`, 100] as const));
  const [open] = suggestConstraints([{ ...colour, counts: many, n: 6000 }]);
  expect(open).not.toHaveProperty('allowed');
  expect(open).not.toHaveProperty('range');
  expect(suggestConstraints([{ ...colour, other: 1 }])[0]).not.toHaveProperty('allowed');
  expect(suggestConstraints([{ ...age, min: 0.5, max: 100 }])[0]!.range![0]).toBe(0);
  expect(suggestConstraints([{ ...none, name: 'x', type: 'numeric', n: 0 }])[0]).toMatchObject({
    maxMissing: 1,
  });
});
