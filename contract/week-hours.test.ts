import { expect, test } from 'vitest';
import { afterMinutes, endOfHours } from './week-hours.ts';
import { instantOf, wallAt, Zone } from './zone.ts';

const utc = (text: string) => Date.parse(`${text}:00Z`);
const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().slice(0, 16));
const NIGHT = { zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '22:00', to: '07:00' };
const OFFICE = { zone: 'America/New_York', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };

// 20 Nov 2026 is a Friday; Berlin is UTC+1 in winter, New York UTC-5
test.each([
  ['the evening of a day', NIGHT, '2026-11-19T22:30', '2026-11-20T06:00'],
  ['the morning after it', NIGHT, '2026-11-20T05:59', '2026-11-20T06:00'],
  ['its end is outside', NIGHT, '2026-11-20T06:00', null],
  ['the morning after a Friday still', NIGHT, '2026-11-21T05:00', '2026-11-21T06:00'],
  ['a Saturday evening is none of them', NIGHT, '2026-11-21T22:30', null],
  ['office hours', OFFICE, '2026-11-20T14:00', '2026-11-20T22:00'],
  ['before office hours', OFFICE, '2026-11-20T13:59', null],
  ['all day', { ...OFFICE, from: '09:00', to: '09:00' }, '2026-11-20T23:00', '2026-11-21T14:00'],
  ['the night that is an hour longer', { ...NIGHT, days: [6] }, '2026-10-25T05:30', '2026-10-25T06:00'],
])('%s', (_, hours, now, end) => {
  expect(at(endOfHours(hours, utc(now)))).toBe(end);
});

test('clocks on walls, over changes of the clocks', () => {
  expect(wallAt(utc('2026-07-01T10:00'), 'Asia/Kolkata')).toMatchObject({ minute: 15 * 60 + 30, weekday: 3 });
  const berlin = (day: number, minute: number, month = 3) =>
    at(instantOf({ year: 2026, month, day, minute }, 'Europe/Berlin'));
  expect(berlin(28, 180)).toBe('2026-03-28T02:00');
  // the clocks go from 2:00 to 3:00: 2:30 is never shown
  expect(berlin(29, 150)).toBe('2026-03-29T01:30');
  expect(berlin(32, 0)).toBe('2026-03-31T22:00');
  // and 2:30 is shown twice: the first
  expect(berlin(25, 150, 10)).toBe('2026-10-25T00:30');
  expect(Zone.safeParse('Mars/Olympus').success).toBe(false);
});

test.each([
  ['an hour at any time', null, '2026-11-20T22:30', 60, '2026-11-20T23:30'],
  ['within the hours', OFFICE, '2026-11-20T14:30', 60, '2026-11-20T15:30'],
  ['over a weekend', OFFICE, '2026-11-20T21:30', 60, '2026-11-23T14:30'],
  ['from a weekend on', OFFICE, '2026-11-21T12:00', 8 * 60, '2026-11-23T22:00'],
  ['five days of work', OFFICE, '2026-11-20T14:00', 40 * 60, '2026-11-26T22:00'],
  [
    'over days off',
    { ...OFFICE, days_off: ['2026-11-23', '2026-11-26'] },
    '2026-11-20T21:30',
    30 + 16 * 60 + 60,
    '2026-11-27T15:00',
  ],
  ['through a night', NIGHT, '2026-11-20T05:30', 60, '2026-11-20T21:30'],
])('minutes of hours: %s', (_, hours, from, minutes, expected) => {
  expect(at(afterMinutes(hours, utc(from), minutes))).toBe(expected);
});
