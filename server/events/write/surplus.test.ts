import { expect, test } from 'vitest';
import { joined, more, saidOf } from './surplus.ts';

test('values are counted, a few names are kept', () => {
  const first = more(undefined, ['a', 'b'], 1);
  const second = more(first, ['b', 'c', 'd', 'e'], 2);
  expect(second).toEqual({ values: 6, names: ['a', 'b', 'c'], at: 2 });
  expect(joined(first, second)).toEqual({ values: 8, names: ['a', 'b', 'c'], at: 2 });
  expect(saidOf('credit', second, 1000)).toBe(
    'credit has 1,000 feature columns, as many as a model may have: 6 values of other features (a, b, c …) were left out, the rest of each row is stored',
  );
  expect(saidOf('m', more(undefined, ['x'.repeat(128)], 1), 2)).toContain(
    `1 value of other features (${'x'.repeat(40)}…) was left out`,
  );
});
