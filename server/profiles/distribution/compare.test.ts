import { describe, expect, test } from 'vitest';
import { categoricalProfile, MISFIT, numericProfile } from '../compute.ts';
import { EMPTY_PROFILE } from '../profile.ts';
import { compare } from './get-distribution.ts';
import { momentsOf } from './moments.ts';
import { namedValues } from './new-values.ts';
import { MOST_POINTS, stepOf } from './steps.ts';

const grid = { center: 50, scale: 20 };
const numbers = (of: (i: number) => number | null | typeof MISFIT) =>
  numericProfile(
    Array.from({ length: 1000 }, (_, i) => of(i)),
    grid,
  );
const texts = (of: (i: number) => string | null) =>
  categoricalProfile(Array.from({ length: 1000 }, (_, i) => of(i)));
const reference = numbers((i) => i % 100);
const tail = String.raw`; JS distance \d\.\d\d, interval \d\.\d\d–\d\.\d\d, threshold 0\.10, n = 1,000 against 1,000\.$`;

describe('the sentence of a numeric column', () => {
  test.each([
    ['unchanged', numbers((i) => (i * 7) % 100), `^As in the reference${tail}`],
    ['moved up', numbers((i) => (i % 100) * 0.5 + 50), `^Shifted up by 0\\.9 σ${tail}`],
    [
      'moved down and beyond',
      numbers((i) => (i % 100) - 40),
      `^Shifted down by 1\\.4 σ, 40 % more of the rows out of range${tail}`,
    ],
    [
      'a third missing',
      numbers((i) => (i % 3 ? i % 100 : null)),
      `^More missing values: 33 % more of the rows${tail}`,
    ],
    [
      'a fifth of the wrong type',
      numbers((i) => (i % 5 ? i % 100 : MISFIT)),
      `^More values of the wrong type: 20 % more of the rows${tail}`,
    ],
    ['pressed together', numbers((i) => 49.5 + (i % 100) / 1000), `^Changed in shape${tail}`],
    ['a few rows', numericProfile([1, 2, 3], grid), '^Not enough data to compare; n = 3 against 1,000\\.$'],
    ['none', EMPTY_PROFILE, '^No predictions in this range; n = 0 against 1,000\\.$'],
  ])('%s', (_name, current, sentence) => {
    expect(compare({ type: 'numeric', grid }, reference, current).sentence).toMatch(new RegExp(sentence));
  });

  test.each([
    ['as_before', numbers((i) => (i * 7) % 100)],
    ['small', numbers((i) => Math.min(99, (i % 100) + 6))],
    ['far', numbers((i) => (i % 100) * 0.5 + 50)],
    [null, EMPTY_PROFILE],
  ])('moved: %s', (moved, current) => {
    const found = compare({ type: 'numeric', grid }, reference, current);
    expect(found.score.moved).toBe(moved);
    expect(found.sentence.startsWith('Moved, small: ')).toBe(moved === 'small');
  });

  test('without a reference', () => {
    const found = compare({ type: 'numeric', grid }, null, reference);
    expect(found.sentence).toBe('No reference to compare with; n = 1,000.');
    expect(found.score).toMatchObject({ value: null, status: 'no_reference' });
    expect(found.bins.reduce((sum, bin) => sum + bin.current, 0)).toBe(1000);
    expect(found.moments.reference).toBeNull();
  });
});

describe('the sentence of a categorical column', () => {
  const before = texts((i) => ['a', 'b'][i % 2]!);
  test.each([
    ['other shares', texts((i) => (i % 10 ? 'a' : 'b')), `^Changed in its shares${tail}`],
    ['a new value', texts((i) => ['a', 'b', 'c'][i % 3]!), `^New values: 33 % more of the rows${tail}`],
  ])('%s', (_name, current, sentence) => {
    expect(compare({ type: 'categorical', grid: undefined }, before, current).sentence).toMatch(
      new RegExp(sentence),
    );
  });
});

test('what is drawn of many different numbers has finer bins than what is scored; together they count the same', () => {
  const { bins, shape } = compare(
    { type: 'numeric', grid },
    reference,
    numbers((i) => (i * 7) % 100),
  );
  const ranges = (all: typeof bins) => all.filter(({ kind }) => kind === 'range');
  expect([ranges(bins).length, ranges(shape).length]).toEqual([10, 20]);
  for (const side of ['reference', 'current'] as const) {
    expect(shape.reduce((sum, bin) => sum + bin[side], 0)).toBe(1000);
  }
  expect(
    compare(
      { type: 'numeric', grid },
      numbers((i) => i % 7),
      reference,
    ).shape,
  ).toEqual([]);
});

test('moments are exact where they can be, and null where there is nothing to say', () => {
  const moments = momentsOf(reference, grid);
  expect(moments).toMatchObject({ n: 1000, mean: 49.5, min: 0, max: 99 });
  expect(moments.std).toBeCloseTo(28.866, 3);
  expect(Math.abs(moments.p50! - 49.5)).toBeLessThan(1);
  expect(momentsOf(EMPTY_PROFILE, grid)).toMatchObject({ n: 0, mean: null, std: null, p50: null });
  expect(momentsOf(numericProfile([1, 2], null), undefined)).toMatchObject({ mean: 1.5, p50: null });
  const overflowing = numericProfile([1e300, -1e300], grid);
  expect(momentsOf(overflowing, grid)).toMatchObject({ mean: 0, min: -1e300 });
});

const DAY = 86_400_000;
test.each([
  [30 * DAY, 3_600_000, undefined, 7_200_000],
  [DAY, 3_600_000, undefined, 3_600_000],
  [DAY, 3_600_000, 6 * 3_600_000, 6 * 3_600_000],
  [365 * DAY, 3_600_000, undefined, DAY],
  [DAY, 7 * 60_000, undefined, 7 * 60_000],
  [30 * DAY, 7 * 60_000, undefined, 16 * 7 * 60_000],
  [20 * 365 * DAY, DAY, undefined, 28 * DAY],
])('the step over %i ms with buckets of %i ms', (range, bucket, wanted, expected) => {
  const step = stepOf(range, bucket, wanted);
  expect(step).toBe(expected);
  expect(step % bucket).toBe(0);
  expect(range / step).toBeLessThanOrEqual(MOST_POINTS);
});

test('new values are named, the most frequent first; where the reference lists not all, none is called new', () => {
  const before = texts((i) => (i % 2 ? 'FR' : 'DE'));
  const now = texts((i) => (i % 10 === 0 ? 'BR' : i % 50 === 1 ? 'AR' : 'FR'));
  const { new_values } = compare({ type: 'categorical', grid: undefined }, before, now);
  expect(new_values).toEqual([
    { value: 'BR', n: 100, share: 0.1 },
    { value: 'AR', n: 20, share: 0.02 },
  ]);
  expect(namedValues(new_values)).toBe('BR 10 %, AR 2.0 %');
  const more = { ...before, other: 5 };
  expect(compare({ type: 'categorical', grid: undefined }, more, now).new_values).toEqual([]);
  expect(compare({ type: 'categorical', grid: undefined }, null, now).new_values).toEqual([]);
});
