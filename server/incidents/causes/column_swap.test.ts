import { expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { diagnose } from '../diagnose.ts';
import { caseOfRows } from '../testing/case-of-rows.ts';
import { planted } from '../testing/planted.ts';

test('names both', () => {
  const { causes, columns } = planted('column_swap');
  expect(causes[0]).toMatchObject({ kind: 'column_swap', columns: [...columns] });
});

test('names both where one of them, nearly always zero, hardly moves: that other ages come is not the whole of it', () => {
  const next = random(4);
  const of = (n: number, swapped: number) =>
    Array.from({ length: n }, () => {
      const row = { age: 20 + Math.floor(50 * next()), gain: next() < 0.05 ? 200 + 500 * next() : 0 };
      const features = next() < swapped ? { age: row.gain, gain: row.age } : row;
      return { features, answer: next(), label: 'yes', latencyMs: 5, error: null };
    });
  const sides = { before: of(3000, 0), after: of(1500, 0.45) };
  const { facts, evidence } = caseOfRows({ ...sides, numeric: ['age', 'gain'], categorical: [] });
  expect(diagnose(facts, evidence)[0]).toMatchObject({ kind: 'column_swap', columns: ['age', 'gain'] });
});
