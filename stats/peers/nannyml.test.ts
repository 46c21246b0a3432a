import { describe, expect, test } from 'vitest';
import fixture from './fixtures/nannyml.json' with { type: 'json' };
import { nannyml, nannymlChunks, nannymlThreshold } from './nannyml.ts';
import { outcome } from './peer.ts';
import { CASES, expectOutcome, ROUNDING } from './peers.testing.ts';

type Recorded = [value: number | string, upper: number | string | null, p?: number] | string;

const TOLERANCE = 1e-9;

describe.each(fixture.results)('$name', ({ name, tests }) => {
  const { reference, current } = CASES.get(name)!;
  test.each(Object.entries(tests as unknown as Record<string, Recorded>))('%s', (id, recorded) => {
    const definition = nannyml.tests[id]!;
    const ours = definition.compute(reference, current);
    if (typeof recorded === 'string') {
      // the library fits no chunks of fewer than ten rows
      expect(nannymlChunks(reference)).toEqual([]);
      return;
    }
    expectOutcome(ours, recorded[0], TOLERANCE, id === 'chi2' ? 0 : ROUNDING);
    if (typeof definition.threshold === 'function' && typeof recorded[1] === 'number') {
      expectOutcome({ value: definition.threshold(reference)! }, recorded[1], TOLERANCE, ROUNDING);
    }
    if (recorded[2] !== undefined)
      expectOutcome(nannyml.tests.chi2_p!.compute(reference, current), recorded[2], TOLERANCE);
  });
});

test('the threshold is held at the limit of the method', () => {
  const reference = Float64Array.from({ length: 100 }, (_, i) => i);
  const score = (chunk: ArrayLike<unknown>) => outcome(chunk[0] === 0 ? 1 : 0);
  expect(nannymlThreshold(score, reference)).toBeCloseTo(0.1 + 3 * 0.3, 12);
  expect(nannymlThreshold(score, reference, 0.5)).toBe(0.5);
  expect(nannymlThreshold(() => ({ reason: 'not_enough_data' }), reference)).toBeNull();
});

test('what is left over is a chunk of its own', () => {
  expect(nannymlChunks(new Float64Array(25)).map(({ length }) => length)).toEqual([...Array(12).fill(2), 1]);
  expect(nannymlChunks(new Float64Array(9))).toEqual([]);
  expect(fixture.version).toBe(nannyml.version);
});
