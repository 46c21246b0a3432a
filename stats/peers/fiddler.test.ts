import { expect, test } from 'vitest';
import { fiddlerPsi } from './fiddler.ts';
import fixture from './fixtures/formulas.json' with { type: 'json' };
import { CASES, expectOutcome } from './peers.testing.ts';
import { alignedCounts } from './values.ts';

const recorded = fixture.results.flatMap(({ name, tests }) => {
  const value = (tests as unknown as Record<string, Record<string, number>>).fiddler?.psi;
  return value === undefined ? [] : [[name, value] as const];
});

test.each(recorded)('numpy: %s', (name, value) => {
  const { reference, current } = CASES.get(name)!;
  const counts = alignedCounts(reference, current);
  expectOutcome(fiddlerPsi(counts.reference, counts.current), value);
});

test('an empty side, other bins', () => {
  expect(recorded.length).toBeGreaterThan(15);
  expect(fiddlerPsi([0, 0], [1, 1])).toEqual({ reason: 'not_enough_data' });
  expect(fiddlerPsi([1], [1, 1])).toEqual({ reason: 'not_enough_data' });
});
