import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import { Z_TWO_SIDED_95 } from '../distributions/normal.ts';
import fixture from '../fixtures/performance.json' with { type: 'json' };
import whole from '../fixtures/whole.json' with { type: 'json' };
import { delong, meanArea, rocAuc } from './roc-auc.ts';
import { scores } from './scores.testing.ts';

test('scikit-learn and DeLong by definition', () => {
  const result = rocAuc(scores);
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, fixture.binary.rocAuc, 1e-12);
  const logit = (p: number): number => Math.log(p / (1 - p));
  const slope = result.value * (1 - result.value);
  const deviation = Math.sqrt(fixture.binary.delongVariance);
  expectClose((logit(result.high) - logit(result.value)) * slope, Z_TWO_SIDED_95 * deviation, 1e-9);
  expectClose((logit(result.value) - logit(result.low)) * slope, Z_TWO_SIDED_95 * deviation, 1e-9);
});

test('a thousand million rows nearly apart: the interval is that of the few that are not', () => {
  const huge = rocAuc({
    positive: new Map([[2, 1e9 - 100], [1, 100]]), // biome-ignore format: pairs
    negative: new Map([[1, 1e9]]),
  });
  // ties lose half: 1 − 5e-8, with the spread of a count of 100
  if (!('value' in huge)) throw new Error(huge.reason);
  expectClose(1 - huge.value, 5e-8, 1e-6);
  expectClose((huge.high - huge.low) / (2 * Z_TWO_SIDED_95), 5e-9, 0.01);
});

test('separated, constant, one class, none', () => {
  const low = new Map([[1, 20]]);
  const high = new Map([[5, 30]]);
  expect(rocAuc({ positive: high, negative: low })).toMatchObject({ value: 1, high: 1 });
  const perfect = rocAuc({ positive: high, negative: low });
  expect('value' in perfect && perfect.low).toBeCloseTo(0.8389, 3);
  expect(rocAuc({ positive: low, negative: low })).toMatchObject({ value: 0.5 });
  expect(rocAuc({ positive: low, negative: new Map() })).toEqual({ reason: 'single_class' });
  expect(rocAuc({ positive: new Map(), negative: new Map() })).toEqual({ reason: 'not_enough_data' });
});

test('several folds together: DeLong by its definition, pair by pair', () => {
  const counted = (cells: readonly number[]) => {
    const counts = new Map<number, number>();
    for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    return counts;
  };
  const { sets, value, low, high } = whole.folds;
  const found = meanArea(
    sets.map(([negative, positive]) =>
      delong({ positive: counted(positive!), negative: counted(negative!) }),
    ),
  );
  if (!('value' in found)) throw new Error(found.reason);
  expect(found.value).toBeCloseTo(value, 9);
  expect(found.low).toBeCloseTo(low, 9);
  expect(found.high).toBeCloseTo(high, 9);
  expect(meanArea([])).toEqual({ reason: 'not_enough_data' });
});
