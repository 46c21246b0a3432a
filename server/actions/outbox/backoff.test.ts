import { expect, test } from 'vitest';
import { HORIZON_MS, LONGEST_PAUSE_MS, pauseAfter } from './backoff.ts';

test('pauses double from five seconds to five minutes', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((tries) => pauseAfter(tries)! / 1000)).toEqual([
    5, 10, 20, 40, 80, 160, 300, 300,
  ]);
});

test('after a day of pauses it is given up', () => {
  let waited = 0;
  let tries = 1;
  for (let pause = pauseAfter(1); pause !== null; pause = pauseAfter(++tries)) waited += pause;
  expect(waited).toBeGreaterThanOrEqual(HORIZON_MS);
  expect(waited).toBeLessThan(HORIZON_MS + LONGEST_PAUSE_MS);
});
