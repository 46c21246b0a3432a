import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/embeddings.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { cosineShift, euclideanShift } from './embedding-shift.ts';

test.each(fixture)('scipy.spatial.distance and permutation_test: $name', (row) => {
  const euclidean = euclideanShift(row.reference, row.current, random(1), 1999);
  const cosine = cosineShift(row.reference, row.current, random(2), 1999);
  if (!('value' in euclidean) || !('value' in cosine)) throw new Error('no value');
  expectClose(euclidean.value, row.euclidean, 1e-12);
  expectClose(euclidean.noiseFloor, row.noiseFloor, 1e-12);
  expectClose(euclidean.standardised!, row.standardised, 1e-12);
  expectClose(cosine.value, row.cosine, 1e-10);
  // both are 2,000 draws: four standard errors of their difference
  for (const [ours, theirs] of [
    [euclidean.p, row.euclideanP],
    [cosine.p, row.cosineP],
  ] as const)
    expect(Math.abs(ours - theirs)).toBeLessThan(4 * Math.sqrt((theirs * (1 - theirs) + 1e-4) / 1000));
});

test('the same rows have moved nowhere; the noise floor is what is seen without a shift', () => {
  const next = random(3);
  const rows = (n: number) => Array.from({ length: n }, () => Array.from({ length: 20 }, () => 1 + randomNormal(next))); // biome-ignore format: one line
  const once = rows(50);
  expect(euclideanShift(once, once, next, 19)).toMatchObject({ value: 0, p: 1 });
  expect(cosineShift(once, once, next, 19)).toMatchObject({ value: 0, p: 1 });
  let squares = 0;
  let floors = 0;
  for (let run = 0; run < 100; run++) {
    const shift = euclideanShift(rows(40), rows(25), next, 0);
    if (!('value' in shift)) throw new Error(shift.reason);
    squares += shift.value ** 2;
    floors += shift.noiseFloor ** 2;
  }
  expect(squares / floors).toBeGreaterThan(0.93);
  expect(squares / floors).toBeLessThan(1.07);
});

test('what has no value says why', () => {
  const next = random(1);
  expect(euclideanShift([[1]], [[1], [2]], next)).toEqual({ reason: 'not_enough_data' });
  expect(euclideanShift([[1], [Number.NaN]], [[1], [2]], next)).toEqual({ reason: 'not_finite' });
  expect(cosineShift([[0], [0]], [[1], [2]], next)).toEqual({ reason: 'undefined_ratio' });
  expect(euclideanShift([[3], [3]], [[4], [4]], next, 0)).toMatchObject({ value: 1, standardised: null });
  expect(() => euclideanShift([[1], [1, 2]], [[1], [2]], next)).toThrow(RangeError);
});
