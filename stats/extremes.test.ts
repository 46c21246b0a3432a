import { expect, test } from 'vitest';
import { expectClose } from './close.testing.ts';
import type { Comparison, Tested } from './comparison.ts';
import { logAndersonDarlingTail } from './comparisons/anderson-darling-k.ts';
import { logCramerVonMisesTail } from './comparisons/cramer-von-mises.ts';
import { COMPARISONS } from './comparisons/index.ts';
import fixture from './fixtures/extremes.json' with { type: 'json' };
import type { Sample } from './sample.ts';

const byId = (id: string): Comparison => COMPARISONS.find((comparison) => comparison.id === id)!;

/** Differences of means cancel: below a thousandth of a standard error they are right to 1e-12, not to nine digits. */
const OF_MEANS = ['welch', 'student', 'levene', 'brown_forsythe'];

function expectNumbers(id: string, result: object, [value, logP]: readonly number[]): void {
  if (!('value' in result)) throw new Error(JSON.stringify(result));
  const small = OF_MEANS.includes(id) && Math.abs(value!) < 1e-3;
  if (small) expect(Math.abs((result.value as number) - value!)).toBeLessThan(1e-12);
  else expectClose(result.value as number, value!, 1e-9, 'value');
  if (logP === undefined) return;
  if (small) expect(Math.abs((result as Tested).logP - logP)).toBeLessThan(1e-11);
  else expectClose((result as Tested).logP, logP, 1e-9, 'log p');
  expect((result as Tested).p).toBe(Math.exp((result as Tested).logP));
}

for (const { reference, current, expected } of fixture.counts) {
  for (const [id, wanted] of Object.entries(expected)) {
    test(`mpmath: ${id} of ${reference.slice(0, 3)} and ${current.slice(0, 3)}`, () => {
      expectNumbers(
        id,
        (byId(id).compare as (a: number[], b: number[]) => object)(reference, current),
        wanted,
      );
    });
  }
}

function weighted(pairs: readonly (readonly number[])[]): Sample {
  return {
    values: Float64Array.from(pairs, ([value]) => value!),
    counts: Float64Array.from(pairs, ([, count]) => count!),
    n: pairs.reduce((sum, [, count]) => sum + count!, 0),
  };
}

for (const { name, reference, current, expected } of fixture.numbers) {
  for (const [id, wanted] of Object.entries(expected)) {
    test(`mpmath: ${id}, ${name}`, () => {
      const compare = byId(id).compare as (a: Sample, b: Sample) => object;
      expectNumbers(id, compare(weighted(reference), weighted(current)), wanted);
    });
  }
}

test.each(fixture.cramerVonMisesLogTail)('mpmath: limit of Cramér–von Mises at %d', (x, logP) => {
  expectClose(logCramerVonMisesTail(x!), logP!, 1e-9);
});

test.each(fixture.andersonDarlingLogTail)('mpmath: limit of Anderson–Darling at %d', (x, logP) => {
  expectClose(logAndersonDarlingTail(x!), logP!, 1e-9);
});
