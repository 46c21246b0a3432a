import { expect, test } from 'vitest';
import { nanosecondsOf } from './duration.ts';

test.each([
  ['1ns', 1],
  ['1.5ms', 1_500_000],
  ['200us', 200_000],
  ['200µs', 200_000],
  ['1m30s', 90e9],
  ['1h0.5s', 3_600_500_000_000],
])('%s', (text, nanoseconds) => expect(nanosecondsOf(text)).toBe(nanoseconds));

test.each(['', '1', 'ms', '1 ms', '-1s', '1d', '1s!', '9999999999h'])('"%s" is none', (text) =>
  expect(nanosecondsOf(text)).toBeUndefined(),
);
