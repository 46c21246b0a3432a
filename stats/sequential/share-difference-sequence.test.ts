import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { shareDifferenceSequence } from './share-difference-sequence.ts';

/** Runs with a look after every 10 of 3,000 rows a side in which p ever falls to 0.05. */
function significant(before: number, after: number, runs: number, seed: number): number {
  const next = random(seed);
  let found = 0;
  for (let run = 0; run < runs; run++) {
    let a = 0;
    let b = 0;
    for (let n = 1; n <= 3000; n++) {
      a += next() < before ? 1 : 0;
      b += next() < after ? 1 : 0;
      if (n % 10 > 0 || n < 50) continue;
      const at = shareDifferenceSequence(a, n, b, n);
      if ('value' in at && at.p <= 0.05) {
        found++;
        break;
      }
    }
  }
  return found;
}

test('peeking 300 times finds no difference that is not there in more than 5 %', () => {
  expect(significant(0.1, 0.1, 400, 5)).toBeLessThanOrEqual(20);
});

test('a difference of 5 points is found', () => {
  expect(significant(0.1, 0.15, 100, 4)).toBeGreaterThan(90);
});

test('interval and p agree, edges are named', () => {
  const far = shareDifferenceSequence(50, 1000, 150, 1000);
  expect(far).toMatchObject({ value: expect.closeTo(0.1, 12), low: expect.toSatisfy((x: number) => x > 0) });
  const near = shareDifferenceSequence(50, 1000, 55, 1000);
  expect('value' in near && near.low < 0 && near.p > 0.05).toBe(true);
  expect(shareDifferenceSequence(0, 5, 0, 50)).toEqual({ reason: 'not_enough_data' });
  const zeros = shareDifferenceSequence(0, 100, 0, 100);
  expect('value' in zeros && zeros.low < 0 && zeros.high > 0).toBe(true);
});
