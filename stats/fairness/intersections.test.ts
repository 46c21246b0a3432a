import { describe, expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/fairness.json' with { type: 'json' };
import { binaryRowCounts } from '../performance/binary-rows.ts';
import { groupRates, type RateName } from './group-rates.ts';
import { intersections } from './intersections.ts';
import { equalisedOddsDifference, type Gap, rateDifference, rateRatio } from './parity.ts';

const { sex, age, label, predicted } = fixture;
const SETS = { sex: { sex }, age: { age }, both: { sex, age } };

describe.each(Object.entries(SETS))('fairlearn: %s', (name, attributes) => {
  const expected = fixture.expected[name as keyof typeof SETS];
  const groups = [...intersections(attributes)].map(
    ([group, rows]) =>
    groupRates(group, binaryRowCounts(rows.map((i) => label[i]!), rows.map((i) => predicted[i]!))), // biome-ignore format: one line
  );

  test('rates of each group', () => {
    for (const [group, rates] of Object.entries(expected.rates)) {
      const ours = groups.find((entry) => entry.group === group || entry.group === `${name}=${group}`)!;
      for (const [rate, value] of Object.entries(rates)) {
        const found = ours[rate as RateName];
        if (!('value' in found)) throw new Error(found.reason);
        expectClose(found.value, value, 1e-12, `${group} ${rate}`);
      }
    }
    expect(Object.keys(expected.rates)).toHaveLength(groups.length);
  });

  test('parities; of the two groups alone Newcombe intervals by statsmodels', () => {
    const valued = (gap: ReturnType<typeof rateDifference>): Gap => {
      if (!('value' in gap)) throw new Error(gap.reason);
      return gap;
    };
    const parity = valued(rateDifference(groups, 'selection'));
    const opportunity = valued(rateDifference(groups, 'truePositive'));
    expectClose(parity.value, expected.demographicParityDifference, 1e-9);
    expectClose(opportunity.value, expected.equalOpportunityDifference, 1e-9);
    expectClose(valued(rateRatio(groups, 'selection')).value, expected.demographicParityRatio, 1e-9);
    expectClose(valued(equalisedOddsDifference(groups)).value, expected.equalisedOddsDifference, 1e-9);
    for (const [gap, rate, [low, high]] of [
      [parity, 'selection', expected.selectionInterval],
      [opportunity, 'truePositive', expected.truePositiveInterval],
    ] as const) {
      const two = groups.filter(({ group }) => group === gap.lowest || group === gap.highest);
      const pair = valued(rateDifference(two, rate));
      // Newcombe's, or nearer where the upper end cannot miss.
      expect(pair.low).toBeGreaterThanOrEqual(Math.max(0, low!) - 1e-9);
      expect(pair.low > 0).toBe(low! > 0);
      expectClose(pair.high, high!, 1e-9);
      // That the pair was picked costs certainty.
      expect(gap.low).toBeLessThanOrEqual(pair.low);
      expect(gap.high).toBeGreaterThanOrEqual(pair.high);
    }
  });
});

test('rows without a value in an attribute are in no group; lengths must agree', () => {
  expect([...intersections({ a: ['x', null, 'x'], b: ['y', 'y', 'y'] })]).toEqual([['a=x, b=y', [0, 2]]]);
  expect(intersections({}).size).toBe(0);
  expect(() => intersections({ a: ['x'], b: [] })).toThrow(RangeError);
});
