import { describe, expect, test } from 'vitest';
import fixture from './fixtures/tfdv.json' with { type: 'json' };
import { formulaTests } from './formulas.testing.ts';
import { CASES, expectOutcome } from './peers.testing.ts';
import { type Buckets, tfdv, tfdvDivergence } from './tfdv.ts';

formulaTests(tfdv);

interface Recorded {
  readonly tests: Readonly<Record<string, number | string>>;
  readonly histograms?: readonly { readonly buckets: readonly (number | string)[][]; readonly nan: number }[];
}

function bucketsOf({ buckets, nan }: NonNullable<Recorded['histograms']>[number]): Buckets {
  const number = (value: number | string): number => Number(String(value).replace('inf', 'Infinity'));
  return {
    buckets: buckets.map(([low, high, count]) => ({
      low: number(low!),
      high: number(high!),
      count: number(count!),
    })),
    nan,
  };
}

describe.each(fixture.results as unknown as (Recorded & { name: string })[])(
  'TFDV, run: $name',
  (recorded) => {
    const { reference, current } = CASES.get(recorded.name)!;
    const [before, after] = (recorded.histograms ?? []).map(bucketsOf);
    test.each(Object.entries(recorded.tests))('%s', (id, value) => {
      // TFDV has no histogram where every value of a side is missing or infinite.
      if (id === 'error')
        expect(tfdv.tests.jensen_shannon_divergence!.compute(reference, current)).toHaveProperty('reason'); // biome-ignore format: one line
      else if (before && after) expectOutcome(tfdvDivergence(before, after), value);
      else expectOutcome(tfdv.tests[id]!.compute(reference, current), value);
    });
  },
);

test('the numbers are those of the version stated', () => {
  expect(fixture.version).toBe(tfdv.version);
});

test('point masses match only points at the same place; infinite buckets and NaN match nothing', () => {
  const at = (low: number, high = low) => ({ buckets: [{ low, high, count: 4 }], nan: 0 });
  expect(tfdvDivergence(at(1), at(1))).toEqual({ value: 0 });
  expect(tfdvDivergence(at(1), at(2))).toEqual({ value: 1 });
  expect(tfdvDivergence(at(0, 2), at(1))).toEqual({ value: 1 });
  expect(tfdvDivergence(at(-Infinity, 0), at(-Infinity, 0))).toEqual({ value: 1 });
  const gone = { buckets: [], nan: 3 };
  expect(tfdvDivergence(gone, gone)).toEqual({ value: 1 });
  expect(tfdvDivergence(gone, { buckets: [], nan: 0 })).toEqual({ reason: 'not_enough_data' });
});
