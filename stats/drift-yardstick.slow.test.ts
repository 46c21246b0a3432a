import { expect, test } from 'vitest';
import { JS_DISTANCE_THRESHOLD, jsDistance } from './distances/js-distance.ts';
import { type Random, random, randomNormal } from './random.ts';

const MONTHS = 4;
const BINS = 10;

/** A window's counts on equal bins; large windows by the normal approximation of each binomial draw. */
function draw(n: number, next: Random): number[] {
  if (n < 10_000) {
    const counts = new Array<number>(BINS).fill(0);
    for (let i = 0; i < n; i++) counts[Math.floor(next() * BINS)]! += 1;
    return counts;
  }
  let left = n;
  return Array.from({ length: BINS }, (_, i) => {
    const p = 1 / (BINS - i);
    const count =
      i === BINS - 1 ? left : Math.round(left * p + Math.sqrt(left * p * (1 - p)) * randomNormal(next));
    left -= count;
    return count;
  });
}

test.each([200, 1000, 1_000_000])(
  'no drift, 50 columns, 30 windows a month, n = %d: at most one false alert a month on single windows',
  (n) => {
    const next = random(n);
    let alerts = 0;
    for (let column = 0; column < 50 * MONTHS; column++) {
      const reference = draw(10_000, next);
      for (let window = 0; window < 30; window++) {
        const score = jsDistance(reference, draw(n, next));
        if ('value' in score && score.low > JS_DISTANCE_THRESHOLD) alerts++;
      }
    }
    expect(alerts).toBeLessThanOrEqual(MONTHS);
  },
);
