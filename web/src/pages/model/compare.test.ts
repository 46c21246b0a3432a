import { expect, test } from 'vitest';
import { DAY, iso } from '../../time/range.ts';
import { comparisonFrom, comparisonWith, earlier, versionOf } from './compare.ts';

const FROM = Date.UTC(2026, 2, 8);
const range = { from: FROM, to: FROM + 2 * DAY };

test.each([
  ['previous', '2026-03-06T00:00:00Z', '6 Mar – 8 Mar 2026'],
  ['week', '2026-03-01T00:00:00Z', '1 Mar – 3 Mar 2026'],
  [comparisonFrom(Date.UTC(2026, 0, 1)), '2026-01-01T00:00:00Z', '1 Jan – 3 Jan 2026'],
])('%s begins at %s and is called by its dates', (compare, from, name) => {
  const found = earlier(compare, range, 'utc')!;
  expect([iso(found.range.from), found.name]).toEqual([from, name]);
  expect(found.range.to - found.range.from).toBe(range.to - range.from);
  expect(range.from - found.range.from).toBe(found.by);
});

test('a week before a month is five weeks before: no day is compared with itself', () => {
  const month = { from: FROM, to: FROM + 30 * DAY };
  expect(earlier('week', month, 'utc')!.by).toBe(35 * DAY);
});

test('a version is no other time', () => {
  expect(versionOf(comparisonWith('2026'))).toBe('2026');
  expect(earlier(comparisonWith('2026'), range, 'utc')).toBeNull();
  expect(versionOf('previous')).toBeUndefined();
});

test.each([undefined, 'nonsense', comparisonFrom(FROM)])('%s is no comparison', (compare) =>
  expect(earlier(compare, range, 'utc')).toBeNull(),
);
