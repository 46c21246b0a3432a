import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { meanSequence } from './mean-sequence.ts';

/** How many of the streams of 0/1 values the sequence leaves at any of 2,000 looks. */
function everWrong(share: number, runs: number, deviation: number | undefined, seed: number): number {
  const next = random(seed);
  let wrong = 0;
  for (let run = 0; run < runs; run++) {
    let sum = 0;
    for (let n = 1; n <= 2000; n++) {
      sum += next() < share ? 1 : 0;
      if (deviation === undefined && n < 100) continue;
      const at = meanSequence({ n, sum, sum2: sum }, deviation === undefined ? {} : { deviation });
      if ('value' in at && (at.low > share || at.high < share)) {
        wrong++;
        break;
      }
    }
  }
  return wrong;
}

test('looking after every observation, at most 5 % of streams are ever left', () => {
  expect(everWrong(0.3, 200, 0.5, 1)).toBeLessThanOrEqual(10);
  expect(everWrong(0.3, 200, undefined, 2)).toBeLessThanOrEqual(14);
});

test('it narrows, and is wider than a fixed-n interval', () => {
  const reach = (n: number): number => {
    const at = meanSequence({ n, sum: n / 2, sum2: n / 2 }, { deviation: 0.5 });
    return 'value' in at ? at.high - at.value : Number.NaN;
  };
  expect(reach(10_000)).toBeLessThan(reach(1000));
  expect(reach(1000)).toBeGreaterThan((1.96 * 0.5) / Math.sqrt(1000));
  expect(reach(1000)).toBeLessThan((3.2 * 0.5) / Math.sqrt(1000));
});

test('too few, overflow', () => {
  expect(meanSequence({ n: 1, sum: 1, sum2: 1 })).toEqual({ reason: 'not_enough_data' });
  expect(meanSequence({ n: 5, sum: Infinity, sum2: Infinity })).toEqual({ reason: 'not_finite' });
});
