import { expect, test } from 'vitest';
import { SeriesLimit } from '../series-limit.ts';
import { KnownSeriesOfSenders } from './known-series.ts';
import { seriesOf } from './labels.ts';

test('the number of a series is one that nobody finds other labels for', () => {
  const known = new KnownSeriesOfSenders(new SeriesLimit(() => 0), () => 0);
  // SHA-256 of "abc" (FIPS 180-2, B.1) begins with ba7816bf 8f01cfea.
  expect(known.admit('a', 'abc', undefined)).toMatchObject({ low: 0xbf1678ba | 0, high: 0xeacf018f | 0 });
});

test('labels are told from all others, whatever stands in them', () => {
  const textOf = (...labels: [string, string][]) => seriesOf([['__name__', 'm'], ...labels]).text;
  expect(textOf(['a', 'x\u0001b\u0000y'])).not.toBe(textOf(['a', 'x'], ['b', 'y']));
  expect(textOf(['b', 'y'], ['a', 'x'])).toBe(textOf(['a', 'x'], ['b', 'y']));
});
