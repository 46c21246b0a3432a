import { expect, test } from 'vitest';
import { mayBeWeekend } from './weekend.ts';

const at = (text: string) => Date.parse(text);

// 2026-11-16 is a Monday.
test.each([
  ['Tuesday', '2026-11-17T00:00Z', '2026-11-18T00:00Z', false],
  ['Monday noon to Thursday morning', '2026-11-16T12:00Z', '2026-11-19T10:00Z', false],
  ['Monday morning: Sunday in the west', '2026-11-16T11:00Z', '2026-11-17T11:00Z', true],
  ['Thursday until 11: Friday in the east', '2026-11-18T11:00Z', '2026-11-19T11:00Z', true],
  ['Friday', '2026-11-20T00:00Z', '2026-11-21T00:00Z', true],
  ['Saturday', '2026-11-21T00:00Z', '2026-11-22T00:00Z', true],
  ['Sunday to Monday', '2026-11-22T20:00Z', '2026-11-23T20:00Z', true],
  ['a Wednesday before the epoch', '1969-12-31T00:00Z', '1970-01-01T00:00Z', false],
  ['a whole week', '2026-11-17T00:00Z', '2026-11-24T00:00Z', true],
])('%s', (_name, from, to, may) => {
  expect(mayBeWeekend(at(from), at(to))).toBe(may);
});
