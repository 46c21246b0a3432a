import { expect, test } from 'vitest';
import { factsOf } from '../tables/rules/tally.ts';
import { epochInWords } from './epoch.ts';

const NOW = Date.UTC(2026, 10, 26);
const FIRST = Date.UTC(2026, 9, 1) / 1000;
const hourly = (make: (seconds: number, i: number) => unknown) =>
  Array.from({ length: 240 }, (_, i) => make(FIRST + 3600 * i, i));

test.each([
  ['seconds', hourly((s) => s), 'epoch seconds from 2026-10-01 to 2026-10-10'],
  [
    'milliseconds as text, with gaps',
    hourly((s, i) => (i % 9 ? `${s}000` : 'NA')),
    'epoch milliseconds from 2026-10-01 to 2026-10-10',
  ],
  ['microseconds', hourly((s) => s * 1e6), 'epoch microseconds from 2026-10-01 to 2026-10-10'],
  ['fractions of seconds', hourly((s) => s + 0.25), 'epoch seconds from 2026-10-01 to 2026-10-10'],
  [
    'minutes of one day, out of order',
    hourly((_, i) => FIRST + 60 * ((i * 7) % 240)),
    'epoch seconds of 2026-10-01',
  ],
  ['numbers of which one is too small', [...hourly((s) => s), 17], null],
  ['years to come', hourly((s) => s + 3e8), null],
  ['two codes of that size', hourly((_, i) => 1_000_000_001 + (i % 2)), null],
  ['a word among them', [...hourly((s) => s), 'soon'], null],
  ['amounts', hourly((_, i) => 20.5 * i), null],
])('numbers of a column whose name says nothing: %s', (_, cells, said) => {
  expect(epochInWords(factsOf('c1', cells), NOW)).toBe(said);
});
