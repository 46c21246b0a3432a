import { expect, test } from 'vitest';
import { due, searched } from './due.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;

test.each([
  ['the first time', { labels: 500, fell: 0 }, undefined, true],
  ['too few labels', { labels: 499, fell: 0 }, undefined, false],
  ['within the day', { labels: 500, fell: 0 }, { tried_at: NOW - DAY + 1, alerted: 0 }, false],
  ['after a day', { labels: 500, fell: 0 }, { tried_at: NOW - DAY, alerted: 0 }, true],
  ['quality fell since', { labels: 500, fell: 9 }, { tried_at: NOW - 1, alerted: 0 }, true],
  ['it was looked at since it fell', { labels: 500, fell: 9 }, { tried_at: NOW - 1, alerted: 9 }, false],
])('%s', (_name, known, last, expected) => {
  expect(due(known, last, NOW)).toBe(expected);
});

test('what is searched: since quality fell, one window at least; else four weeks', () => {
  expect(searched({ newest: NOW, fell: 0, windowMs: DAY })).toEqual({
    from: NOW + 1 - 28 * DAY,
    to: NOW + 1,
  });
  expect(searched({ newest: NOW, fell: NOW - 3 * DAY, windowMs: DAY }).from).toBe(NOW - 3 * DAY);
  expect(searched({ newest: NOW, fell: NOW - 1, windowMs: DAY }).from).toBe(NOW + 1 - DAY);
});
