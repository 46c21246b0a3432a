import { expect, test } from 'vitest';
import { expectClose } from './close.testing.ts';
import type { Comparison, Definition, Tested } from './comparison.ts';
import { COMPARISONS } from './comparisons/index.ts';
import fixture from './fixtures/comparisons.json' with { type: 'json' };
import { sampleOf } from './sample.ts';

type Expected = Readonly<Record<string, readonly (number | null)[] | undefined>>;

/**
 * The tests every comparison passes: it is in the table, agrees with the independent implementation on every fixture (value,
 * and log p where the fixture has one), is at its least for equal sides, and names its reason for empty ones.
 */
export function comparisonTests(comparison: Comparison, tolerance = 1e-9, pTolerance = tolerance): void {
  test('is in the table, once', () => {
    expect(COMPARISONS.filter(({ id }) => id === comparison.id)).toEqual([comparison]);
  });
  const cases = comparison.accepts === 'numbers' ? fixture.numbers : fixture.counts;
  for (const { reference, current, expected } of cases) {
    const wanted = (expected as Expected)[comparison.id];
    if (wanted === undefined) continue;
    test(`independent implementation: ${JSON.stringify(reference).slice(0, 40)}`, () => {
      const result = run(comparison, reference, current);
      if (!('value' in result)) throw new Error(result.reason);
      expectClose(result.value, wanted[0]!, tolerance, 'value');
      if (wanted[1] === undefined || wanted[1] === null) return;
      if (!('logP' in result)) throw new Error('no p-value');
      const { p, logP } = result as Tested;
      expectClose(logP, wanted[1], pTolerance, 'log p');
      expect(p).toBe(Math.exp(logP));
      inRange(comparison, result.value);
    });
  }
  test('empty sides have a reason', () => {
    for (const [reference, current] of comparison.accepts === 'numbers' ? NO_NUMBERS : NO_COUNTS) {
      expect(run(comparison, reference!, current!)).toEqual({ reason: 'not_enough_data' });
    }
    if (comparison.accepts !== 'numbers') {
      expect(run(comparison, [1, 2], [1, 2, 3])).toEqual({ reason: 'different_bins' });
    }
  });
}

const NO_NUMBERS = [[[], [1, 2, 3]], [[1, 2, 3], []], [[], []]]; // biome-ignore format: pairs
const NO_COUNTS = [[[0, 0], [40, 40]], [[40, 40], [0, 0]], [[0, 0], [0, 0]]]; // biome-ignore format: pairs

/** Runs it on raw numbers or on counts, as it accepts. */
export function run(comparison: Comparison, reference: number[], current: number[]) {
  return comparison.accepts === 'numbers'
    ? comparison.compare(sampleOf(reference), sampleOf(current))
    : comparison.compare(reference, current);
}

function inRange({ range }: Definition, value: number): void {
  expect(value).toBeGreaterThanOrEqual(range[0] ?? -Infinity);
  expect(value).toBeLessThanOrEqual(range[1] ?? Infinity);
}
