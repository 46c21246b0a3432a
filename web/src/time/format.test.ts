import { describe, expect, test } from 'vitest';
import { ago, day, moment, span, timeTicks } from './format.ts';
import { DAY, HOUR } from './range.ts';

const at = (text: string) => Date.parse(text);

test('moments and ranges', () => {
  expect(day(at('2012-03-14T06:00:00Z'), 'utc')).toBe('14 Mar 2012');
  expect(moment(at('2012-03-14T06:00:00Z'), 'utc')).toBe('14 Mar 2012 06:00');
  expect(moment(at('2012-03-14T06:00:07Z'), 'utc')).toBe('14 Mar 2012 06:00:07');
  expect(span({ from: at('2012-12-01T00:00:00Z'), to: at('2012-12-31T00:00:00Z') }, 'utc')).toBe(
    '1 Dec – 31 Dec 2012',
  );
  expect(span({ from: at('2011-12-31T06:00:00Z'), to: at('2012-01-01T18:30:00Z') }, 'utc')).toBe(
    '31 Dec 2011 06:00 – 1 Jan 2012 18:30',
  );
});

test.each([
  [30_000, 'just now'],
  [5 * 60_000, '5 min ago'],
  [47 * HOUR, '47 h ago'],
  [3 * DAY, '3 d ago'],
  [14 * 366 * DAY, '14 years ago'],
])('%d ms before now is %s', (past, text) => expect(ago(0, past)).toBe(text));

describe('timeTicks', () => {
  test.each([
    ['2012-03-14T06:10:00Z', '2012-03-14T07:10:00Z', 6, ['06:15', '06:30', '06:45', '07:00']],
    [
      '2012-03-14T00:00:00Z',
      '2012-03-15T00:00:00Z',
      8,
      ['14 Mar', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00'],
    ],
    [
      '2012-03-01T00:00:00Z',
      '2012-03-08T00:00:00Z',
      7,
      ['1 Mar', '2 Mar', '3 Mar', '4 Mar', '5 Mar', '6 Mar', '7 Mar'],
    ],
    ['2012-12-02T00:00:00Z', '2013-01-01T00:00:00Z', 8, ['3 Dec', '10 Dec', '17 Dec', '24 Dec', '31 Dec']],
    ['2012-12-02T00:00:00Z', '2013-01-01T00:00:00Z', 8, ['3 Dec', '10 Dec', '17 Dec', '24 Dec', '31 Dec']],
    [
      '2011-01-01T00:00:00Z',
      '2013-01-01T00:00:00Z',
      9,
      ['2011', 'Apr', 'Jul', 'Oct', '2012', 'Apr', 'Jul', 'Oct'],
    ],
  ])('%s to %s', (from, to, n, labels) => {
    const ticks = timeTicks({ from: at(from), to: at(to) }, n, 'utc');
    expect(ticks.map((tick) => tick.label)).toEqual(labels);
  });

  test('never more than asked for, always inside', () => {
    for (const hours of [1, 5, 30, 200, 3000, 50_000]) {
      const range = { from: at('2011-02-03T04:05:06Z'), to: at('2011-02-03T04:05:06Z') + hours * HOUR };
      const ticks = timeTicks(range, 8, 'utc');
      expect(ticks.length).toBeLessThanOrEqual(9);
      for (const { time } of ticks) expect(time >= range.from && time < range.to).toBe(true);
    }
  });
});
