import { describe, expect, test } from 'vitest';
import { evidently } from './evidently.ts';
import fixture from './fixtures/evidently.json' with { type: 'json' };
import { judge } from './peer.ts';
import { CASES, expectOutcome, ROUNDING } from './peers.testing.ts';
import { distinctValues, numbers } from './values.ts';

type Recorded = [score: number | string, drifted: boolean, threshold: number] | string;

/** A permutation test has its own random numbers. */
const TOLERANCE: Readonly<Record<string, number>> = { TVD: 0.06 };
const ROOTS = new Set(['hellinger', 'jensenshannon']);
/** Up to 20 rows Evidently's exact p is computed in 32-bit numbers. */
const SMALL_CRAMER_VON_MISES = 1e-7;

describe.each(fixture.results)('$name', ({ name, tests, chosen }) => {
  const { type, reference, current } = CASES.get(name)!;

  test('the test that is chosen', () => {
    if (chosen === undefined) return;
    const rows = type === 'numeric' ? numbers(reference).length : reference.length;
    const missing = type === 'numeric' ? 0 : [...reference].filter((value) => value === null).length;
    const distinct = distinctValues(reference, current);
    expect(evidently.choose(type, { rows: rows - missing, distinct })).toBe(chosen);
  });

  test.each(Object.entries(tests as unknown as Record<string, Recorded>))('%s', (id, recorded) => {
    const definition = evidently.tests[id]!;
    const ours = definition.compute(reference, current);
    const score = typeof recorded === 'string' ? recorded : recorded[0];
    const small = id === 'cramer_von_mises' && Math.max(reference.length, current.length) <= 20;
    expectOutcome(
      ours,
      score,
      small ? SMALL_CRAMER_VON_MISES : (TOLERANCE[id] ?? 1e-9),
      ROOTS.has(id) ? ROUNDING : 0,
    );
    if (typeof recorded === 'string' || typeof score === 'string' || !('value' in ours)) return;
    expect(definition.threshold).toBe(recorded[2]);
    if (TOLERANCE[id] === undefined)
      expect(judge(ours.value, recorded[2], definition.direction)).toBe(recorded[1]);
  });
});

test('every test of the table has its numbers', () => {
  const seen = new Set(fixture.results.flatMap(({ tests }) => Object.keys(tests)));
  expect([...seen].sort()).toEqual(Object.keys(evidently.tests).sort());
  expect(fixture.version).toBe(evidently.version);
});
