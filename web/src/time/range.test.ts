import { describe, expect, test } from 'vitest';
import { PRESETS } from './presets.ts';
import { around, DAY, type Extent, HOUR, iso, rangeSearch, resolveRange } from './range.ts';

const NOW = Date.parse('2026-11-20T10:20:00Z');
const live: Extent = { first: NOW - 90 * DAY, last: NOW - 5_000, bucket: HOUR };
const old: Extent = {
  first: Date.parse('2011-01-01T00:00:00Z'),
  last: Date.parse('2012-12-31T23:00:00Z'),
  bucket: HOUR,
};
const empty: Extent = { first: null, last: null, bucket: HOUR };

describe('resolveRange', () => {
  test('a live model ends now, rounded up to the bucket', () => {
    const range = resolveRange({ preset: '24h' }, live, NOW);
    expect([iso(range.from), iso(range.to), range.past]).toEqual([
      '2026-11-19T11:00:00Z',
      '2026-11-20T11:00:00Z',
      false,
    ]);
  });

  test('historical data: the default is the last 30 days up to the newest event', () => {
    const range = resolveRange({}, old, NOW);
    expect([iso(range.from), iso(range.to), range.past, range.preset]).toEqual([
      '2012-12-02T00:00:00Z',
      '2013-01-01T00:00:00Z',
      true,
      '30d',
    ]);
  });

  test('all is from the first to the newest event', () => {
    const range = resolveRange({ preset: 'all' }, old, NOW);
    expect([iso(range.from), iso(range.to)]).toEqual(['2011-01-01T00:00:00Z', '2013-01-01T00:00:00Z']);
  });

  test('a model that stopped two days ago shows the silence in 30 d, its last hour in 1 h', () => {
    const stopped = { ...live, last: NOW - 2 * DAY };
    expect(resolveRange({ preset: '30d' }, stopped, NOW).past).toBe(false);
    expect(iso(resolveRange({ preset: '1h' }, stopped, NOW).to)).toBe('2026-11-18T11:00:00Z');
  });

  test('from and to win, in both notations; nonsense falls back to the default', () => {
    expect(
      resolveRange({ from: '2012-01-01T00:00:00Z', to: '2012-01-02T00:00:00Z', preset: '1h' }, old, NOW),
    ).toMatchObject({
      preset: null,
      from: Date.parse('2012-01-01T00:00:00Z'),
    });
    expect(resolveRange({ from: '1325376000000', to: '1325462400000' }, old, NOW).from).toBe(1325376000000);
    expect(resolveRange({ from: 'x', to: 'y', preset: 'nope' }, old, NOW).preset).toBe('30d');
    expect(resolveRange({ from: '2012-01-02T00:00:00Z', to: '2012-01-01T00:00:00Z' }, old, NOW).preset).toBe(
      '30d',
    );
  });

  test('a model that is hours old starts with a range it can fill', () => {
    const young = { first: NOW - 3 * HOUR, last: NOW - 5_000, bucket: HOUR };
    expect(resolveRange({}, young, NOW).preset).toBe('6h');
    expect(resolveRange({}, { ...young, first: NOW - 60_000, bucket: 60_000 }, NOW).preset).toBe('1h');
    expect(resolveRange({ preset: '30d' }, young, NOW).preset).toBe('30d');
  });

  test.each([
    ['seven days and an hour', 7 * DAY + HOUR, HOUR, '7d'],
    ['nine days', 9 * DAY, HOUR, 'all'],
    ['a week of days', 7 * DAY, DAY, 'all'],
    ['twenty days', 20 * DAY, HOUR, '30d'],
  ])('a model of %s starts with a range that is not mostly empty', (_name, age, bucket, preset) => {
    expect(resolveRange({}, { first: NOW - age, last: NOW - 5_000, bucket }, NOW).preset).toBe(preset);
  });

  test.each([
    [60_000, '24h'],
    [15 * 60_000, '7d'],
    [HOUR, '30d'],
    [DAY, '90d'],
  ])('the default suits a bucket of %d ms: %s', (bucket, preset) => {
    const extent = { first: NOW - 900 * DAY, last: NOW - 5_000, bucket };
    expect(resolveRange({}, extent, NOW).preset).toBe(preset);
  });

  test('the preset that was chosen last is used where it suits, and never against the URL', () => {
    expect(resolveRange({}, live, NOW, { last: '6h' }).preset).toBe('6h');
    expect(resolveRange({}, { ...live, bucket: DAY }, NOW, { last: '6h' }).preset).toBe('90d');
    expect(resolveRange({ preset: '7d' }, live, NOW, { last: '6h' }).preset).toBe('7d');
  });

  test('yesterday and this month are days and months of the calendar', () => {
    const text = ({ from, to }: { from: number; to: number }) => [iso(from), iso(to)];
    expect(text(resolveRange({ preset: 'yesterday' }, live, NOW))).toEqual([
      '2026-11-19T00:00:00Z',
      '2026-11-20T00:00:00Z',
    ]);
    expect(text(resolveRange({ preset: 'month' }, live, NOW))).toEqual([
      '2026-11-01T00:00:00Z',
      '2026-11-21T00:00:00Z',
    ]);
    expect(text(resolveRange({ preset: 'yesterday' }, old, NOW))).toEqual([
      '2012-12-31T00:00:00Z',
      '2013-01-01T00:00:00Z',
    ]);
    expect(text(resolveRange({ preset: 'month' }, old, NOW))).toEqual([
      '2012-12-01T00:00:00Z',
      '2013-01-01T00:00:00Z',
    ]);
  });

  test('no data at all still has a range', () => {
    for (const preset of PRESETS) {
      const range = resolveRange({ preset }, empty, NOW);
      expect(range.to).toBeGreaterThan(range.from);
    }
  });
});

test('around widens on both sides', () => {
  expect(around({ from: 100, to: 200 }, 0.5, 10)).toEqual({ from: 50, to: 250 });
  expect(around({ from: 100, to: 100 }, 0.5, 10)).toEqual({ from: 90, to: 110 });
});

test('rangeSearch is what resolveRange reads', () => {
  const range = { from: Date.parse('2012-01-01T00:00:00Z'), to: Date.parse('2012-01-02T00:00:00Z') };
  expect(resolveRange(rangeSearch(range), old, NOW)).toMatchObject(range);
});

test('the first event of a model is in the range that is shown without a choice, also past the full hour', () => {
  for (const minutes of [1, 2, 3, 30, 61, 119]) {
    const first = Date.parse('2026-11-18T14:58:50Z');
    const range = resolveRange({}, { first, last: first, bucket: HOUR }, first + minutes * 60_000);
    expect(range.from).toBeLessThanOrEqual(first);
    expect(range.to).toBeGreaterThan(first);
  }
});
