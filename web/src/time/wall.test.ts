import { expect, test } from 'vitest';
import { fromWall, readWall, wall } from './wall.ts';

test.each([
  ['14 Mar 2012 06:00', '2012-03-14 06:00:00'],
  ['14 march 2012, 6:05', '2012-03-14 06:05:00'],
  ['2012-03-14', '2012-03-14 00:00:00'],
  ['2012-03-14T06:00:30', '2012-03-14 06:00:30'],
  ['14.3.2012 23:59', '2012-03-14 23:59:00'],
  ['30 Feb 2012', null],
  ['14 Mar 2012 24:00', null],
  ['03/04/2012', null],
  ['soon', null],
  ['', null],
])('%s reads %s', (text, expected) => expect(readWall(text)).toBe(expected));

test.each(['utc', 'local'] as const)('%s: there and back', (zone) => {
  const ms = Date.UTC(2012, 2, 14, 6, 30);
  expect(fromWall(wall(ms, zone), zone)).toBe(ms);
});
