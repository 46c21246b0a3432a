import { expect, test } from 'vitest';
import { seriesKey } from './series.ts';

const SERIES = { monitor: 'm1', column: 'age', segment: '', version: '' };

test('series that differ in monitor, column, segment or version have different keys', () => {
  const others = (['monitor', 'column', 'segment', 'version'] as const).map((part) => ({
    ...SERIES,
    [part]: 'other',
  }));
  const keys = [SERIES, { ...SERIES, column: '', segment: 'age' }, ...others].map(seriesKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(seriesKey({ ...SERIES })).toBe(seriesKey(SERIES));
});
