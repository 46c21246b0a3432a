import { expect, test } from 'vitest';
import { monthsBefore } from './retention.ts';

test.each([
  ['the month before', ['202512'], Date.UTC(2026, 0, 1), ['202512']],
  ['a millisecond before its end', ['202512'], Date.UTC(2026, 0, 1) - 1, []],
  ['the month itself', ['202601'], Date.UTC(2026, 0, 20), []],
  ['not a month', ['tuple()', 'all', '2026'], Date.UTC(2030, 0, 1), []],
])('%s', (_, months, before, expected) => {
  expect(monthsBefore(months, before)).toEqual(expected);
});
