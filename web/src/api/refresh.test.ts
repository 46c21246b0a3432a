import { expect, test } from 'vitest';
import { pace } from './refresh.ts';

test.each([
  ['15s', 15_000, 15_000],
  ['15s', 120_000, 120_000],
  ['1min', 15_000, 60_000],
  ['1min', 120_000, 120_000],
  ['off', 15_000, false],
] as const)('%s: what would ask every %d ms asks every %s', (chosen, ms, expected) =>
  expect(pace(ms, chosen)).toBe(expected),
);
