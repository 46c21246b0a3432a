import { expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { diagnose } from '../diagnose.ts';
import { fact } from '../test-facts.ts';
import { caseOfRows } from '../testing/case-of-rows.ts';
import { planted } from '../testing/planted.ts';

test('tells few usual values from another population', () => {
  const { causes, columns } = planted('stale_feature');
  expect(causes[0]).toMatchObject({ kind: 'stale_feature', column: columns[0] });
});

test('values of other rows: the column is as before, but goes no longer with the others', () => {
  const { about } = planted('label_delay');
  const { rows } = about.evidence;
  const income = rows!.after.cells.get('income')!;
  const old = income.map((_, i) => income[(i + 400) % income.length]!);
  const after = { ...rows!.after, cells: new Map(rows!.after.cells).set('income', old) };
  const causes = diagnose([fact('performance', '', { value: 0.6, baseline: 0.8 })], {
    ...about.evidence,
    rows: { ...rows!, after },
  });
  expect(causes.find(({ kind }) => kind === 'stale_feature')).toMatchObject({ column: 'income' });
});

test('a column of zeros for most rows that repeats three of its values is stale; where all of its other values come more often, it is not', () => {
  const next = random(5);
  const amount = () => 100 * (1 + Math.floor(60 * next()));
  const row = (gain: number) => ({
    ...{ features: { gain, age: 20 + 50 * next() }, answer: next(), label: 'yes', latencyMs: 5, error: null },
  });
  const of = (n: number, gain: () => number) => Array.from({ length: n }, () => row(gain()));
  const usual = (other: number) => () => (next() < other ? amount() : 0);
  const held = [0, 1200, 4100];
  const diagnosed = (gain: () => number) => {
    const sides = { before: of(3000, usual(0.08)), after: of(1200, gain) };
    const { facts, evidence } = caseOfRows({ ...sides, numeric: ['gain', 'age'], categorical: [] });
    return diagnose(facts, evidence).map(({ kind }) => kind);
  };
  expect(diagnosed(() => held[Math.floor(3 * next())]!)[0]).toBe('stale_feature');
  expect(diagnosed(usual(0.4))).not.toContain('stale_feature');
});

test('one row beyond all from before, as chance brings about, does not make old values new ones', () => {
  const next = random(12);
  const degrees = () => Math.round(60 * (next() + next() + next() - 1.5));
  const of = (n: number, value: (i: number) => number) =>
    Array.from({ length: n }, (_, i) => {
      const features = { value: value(i), height: 150 + 40 * next() };
      return { features, answer: next(), label: 'yes', latencyMs: 5, error: null };
    });
  const held = [-7, 4, 12];
  const after = (i: number) => (i === 0 ? 99 : next() < 0.6 ? held[Math.floor(3 * next())]! : degrees());
  const sides = { before: of(3000, degrees), after: of(1500, after) };
  const { facts, evidence } = caseOfRows({ ...sides, numeric: ['value', 'height'], categorical: [] });
  expect(diagnose(facts, evidence)[0]).toMatchObject({ kind: 'stale_feature', column: 'value' });
});
