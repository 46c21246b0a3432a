import { expect, test } from 'vitest';
import { lastDue, nextDue } from './schedule.ts';

const at = (time: string) => Date.parse(`${time}:00Z`);
const daily = { at: '08:00', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5] };
const weekly = { at: '09:30', zone: 'America/New_York', days: [1] };

test.each([
  // 27 Nov 2026 is a Friday
  ['just before', daily, '2026-11-27T06:59', '2026-11-26T07:00', '2026-11-27T07:00'],
  ['at the moment', daily, '2026-11-27T07:00', '2026-11-27T07:00', '2026-11-30T07:00'],
  ['over the week-end', daily, '2026-11-29T12:00', '2026-11-27T07:00', '2026-11-30T07:00'],
  ['weekly', weekly, '2026-11-27T12:00', '2026-11-23T14:30', '2026-11-30T14:30'],
  ['weekly, at the moment', weekly, '2026-11-30T14:30', '2026-11-30T14:30', '2026-12-07T14:30'],
  // clocks go forward on 29 March 2026, a Sunday, in Berlin, and back on 25 October
  [
    'an hour that is skipped',
    { ...daily, at: '02:30', days: [0] },
    '2026-03-29T00:00',
    '2026-03-22T01:30',
    '2026-03-29T01:30',
  ],
  [
    'an hour that comes twice',
    { ...daily, at: '02:30', days: [0] },
    '2026-10-25T01:00',
    '2026-10-25T00:30',
    '2026-11-01T01:30',
  ],
] as const)('%s', (_, schedule, now, last, next) => {
  expect(new Date(lastDue(schedule, at(now)))).toEqual(new Date(at(last)));
  expect(new Date(nextDue(schedule, at(now)))).toEqual(new Date(at(next)));
});
