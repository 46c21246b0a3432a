import { expect, test } from 'vitest';
import { uncounted } from './uncounted.ts';

const splits = [
  { columns: [{ name: 'country', of: 'text' as const, cuts: null }], values: [['FR'], ['DE']] },
];
const counted = [{ name: 'age' }, { name: '_prediction' }];

test.each([
  ['country=FR', 'age', null],
  ['country=*', 'age', null],
  ['country=FR', '_label', null],
  ['plan=gold', 'age', 'not_split'],
  ['country=FR&plan=gold', 'age', 'not_split'],
  ['country=BR', 'age', 'among_others'],
  ['country=FR', 'income', 'not_counted_in_segments'],
])('why %s has nothing of %s', (segment, column, reason) => {
  expect(uncounted(segment, column, splits, counted)?.reason ?? null).toBe(reason);
});

test('the sentences say what to do, and where else to look', () => {
  const said = (segment: string, column: string) => uncounted(segment, column, splits, counted)!.sentence;
  expect(said('plan=gold', 'age')).toBe(
    'Predictions are not split by plan: add it to the segments of the model',
  );
  expect(said('country=BR', 'age')).toBe(
    'country = BR has no profiles of its own: if there are such predictions, they are counted in country=*',
  );
  expect(said('country=FR', 'income')).toBe(
    'income is not counted within segments: answers are, and the 5 most important features (age)',
  );
});
