import { expect, test } from 'vitest';
import { type AnsweredItem, estimateOf } from './estimate.ts';

const items = (stratum: string, weight: number, ...right: (boolean | null)[]): AnsweredItem[] =>
  right.map((each) => ({ stratum, weight, skipped: each === null, right: each }));

test('answers are weighed by what they stand for: a rare class that is seen as often does not bend the share', () => {
  const found = estimateOf([
    ...items('no', 95, ...Array(20).fill(true)),
    ...items('yes', 5, ...Array(10).fill(true), ...Array(10).fill(false)),
  ]);
  expect(found.accuracy.value).toBeCloseTo(0.975, 12);
  expect(found.unweighted).toBe(0.75);
  expect(found.strata).toEqual([
    { stratum: 'no', predictions: 1900, answered: 20, right: 20 },
    { stratum: 'yes', predictions: 100, answered: 20, right: 10 },
  ]);
  expect(found.sentence).toMatch(
    /^97\.5 % of all predictions were right \(95 %: .* 40 of 40 drawn at random\.$/,
  );
});

test('what nobody answered is stood for by those of its class; a class without answers is said', () => {
  const found = estimateOf([
    ...items('no', 10, true, true, null, null),
    ...items('yes', 10, true, false),
    ...items('maybe', 10, null, null),
  ]);
  expect(found).toMatchObject({ drawn: 8, answered: 4, skipped: 4 });
  expect(found.accuracy.value).toBeCloseTo((40 * 1 + 20 * 0.5) / 60, 12);
  expect(found.sentence).toContain(
    'Classes that nobody answered about, 25.0 % of the predictions, are left out.',
  );
});

test('too few answers are a reason', () => {
  const found = estimateOf(items('no', 10, true, null, null));
  expect(found.accuracy).toMatchObject({ value: null, n: 1, status: 'not_enough_data' });
  expect(found.sentence).toBe(
    '1 of 3 predictions of the random sample were answered: how many of all are right cannot be told yet.',
  );
});
