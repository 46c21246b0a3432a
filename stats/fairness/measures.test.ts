import { expect, test } from 'vitest';
import compas from '../fixtures/compas.json' with { type: 'json' };
import { groupRates } from './group-rates.ts';
import { FAIRNESS_MEASURES, fairnessVerdict } from './measures.ts';

const races = [...Map.groupBy(compas.cells, ({ race }) => race)].map(([race, cells]) => {
  const sum = (of: '00' | '01' | '10' | '11') => cells.reduce((all, cell) => all + cell[of], 0);
  return groupRates(race, { tp: sum('11'), fp: sum('01'), fn: sum('10'), tn: sum('00') });
});
const value = (of: { value: number } | { reason: string }) => ('value' in of ? of.value : of.reason);

test('COMPAS: the rates that ProPublica published', () => {
  const of = (race: string) => races.find(({ group }) => group === race)!;
  expect(value(of('African-American').falsePositive)).toBeCloseTo(0.4485, 4);
  expect(value(of('Caucasian').falsePositive)).toBeCloseTo(0.2345, 4);
  expect(value(of('African-American').falseNegative)).toBeCloseTo(0.2799, 4);
  expect(value(of('Caucasian').falseNegative)).toBeCloseTo(0.4772, 4);
});

test.each(Object.entries(compas.groups))('COMPAS: rates of %s as fairlearn has them', (race, expected) => {
  const { n, ...rates } = races.find(({ group }) => group === race)!;
  expect(n).toBe(expected.n);
  expect(value(rates.selection)).toBeCloseTo(expected.selection, 12);
  expect(value(rates.truePositive)).toBeCloseTo(expected.true_positive, 12);
  expect(value(rates.falsePositive)).toBeCloseTo(expected.false_positive, 12);
  expect(value(rates.falseNegative)).toBeCloseTo(expected.false_negative, 12);
  expect(value(rates.precision)).toBeCloseTo(expected.precision, 12);
});

test.each([
  ['two groups', races.filter(({ group }) => ['African-American', 'Caucasian'].includes(group)), compas.pair],
  ['all that are large enough', races, compas.large],
] as const)('COMPAS: measures between %s as fairlearn has them', (_name, rates, expected) => {
  for (const measure of FAIRNESS_MEASURES.slice(0, -1)) {
    const found = measure.of({ rates, calibrations: [] });
    expect([measure.id, value(found)]).toEqual([
      measure.id,
      expect.closeTo(expected[measure.id as keyof typeof expected], 12),
    ]);
  }
});

test.each([
  ['difference', 0.1, { low: 0.12, value: 0.2, high: 0.3 }, 'fails'],
  ['difference', 0.1, { low: 0.02, value: 0.2, high: 0.3 }, 'doubtful'],
  ['difference', 0.1, { low: 0, value: 0.05, high: 0.3 }, 'holds'],
  ['ratio', 0.8, { low: 0.4, value: 0.5, high: 0.6 }, 'fails'],
  ['ratio', 0.8, { low: 0.4, value: 0.7, high: 0.9 }, 'doubtful'],
  ['ratio', 0.8, { low: 0.7, value: 0.9, high: 1 }, 'holds'],
  ['ratio', 0.8, { reason: 'not_enough_data' }, 'unknown'],
] as const)('a %s with the limit %d: %j %s', (kind, limit, found, verdict) => {
  const gap = 'reason' in found ? found : { ...found, lowest: 'a', highest: 'b' };
  expect(fairnessVerdict({ kind, limit }, gap)).toBe(verdict);
});
