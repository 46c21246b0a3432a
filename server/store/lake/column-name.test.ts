import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnName } from './column-name.ts';

test.each([
  ['age', '_f_age'],
  ['user_age', '_f_user__age'],
  ['age.null', '_f_age_2e_null'],
  ['Age', '_f__41_ge'],
  ['sepal length (cm)', '_f_sepal_20_length_20__28_cm_29_'],
  ['😀', '_f__1f600_'],
  ['_prediction', '_prediction'],
  ['_id', '_id'],
  // a name that only looks like one of ours
  ['_f_age', '_f___f__age'],
])('%s is in %s', (name, column) => {
  expect(columnName(name)).toBe(column);
});

test('no two features share a column, and no column means anything to a statement', () => {
  const name = fc.string({ unit: fc.constantFrom(...'aA2e_. 0fäß😀\u0000"`'), minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(columnName(a) === columnName(b)).toBe(a === b);
      expect(columnName(a)).toMatch(/^_[a-z0-9_]{1,62}$/);
    }),
  );
});

test('the longest names stay short, and apart', () => {
  const [one, other] = [`${'ä'.repeat(127)}b`, `${'ä'.repeat(127)}c`].map(columnName);
  expect(one).toMatch(/^_h_[0-9a-f]{40}$/);
  expect(other).not.toBe(one);
});
