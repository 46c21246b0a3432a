import { expect, test } from 'vitest';
import { type ArrivedPage, together } from './arrived-page.ts';

const page = (buckets: number[], more: boolean, rest: Partial<ArrivedPage['page']> = {}): ArrivedPage => ({
  page: {
    buckets,
    ns: buckets.map((bucket) => bucket + 1),
    event: 5,
    oldest: 3,
    newest: 9,
    versions: ['a'],
    values: [2, 0],
    firsts: [1, Number.MAX_SAFE_INTEGER],
    ...rest,
  },
  more,
});

test('two halves of a stretch are one page: rows of a bucket that both have are added', () => {
  const b = page([1, 2], false, {
    event: 7,
    oldest: 2,
    newest: 8,
    versions: ['b', 'a'],
    values: [1, 4],
    firsts: [2, 1],
  });
  expect(together(page([0, 1], false), b)).toEqual({
    page: {
      buckets: [0, 1, 2],
      ns: [1, 4, 3],
      event: 7,
      oldest: 2,
      newest: 9,
      versions: ['a', 'b'],
      values: [3, 4],
      firsts: [1, 1],
    },
    more: false,
  });
});

test('a page ends where the half ends that has more: what lies behind comes with the next', () => {
  const { page: both, more } = together(page([0, 4, 9], true), page([2, 12], true));
  expect([both.buckets, more]).toEqual([[0, 2, 4, 9], true]);
  expect(together(page([0, 4], true), page([2, 12], false)).page.buckets).toEqual([0, 2, 4]);
  const nothing = page([], false);
  expect(together(nothing, page([2], true))).toEqual(page([2], true));
  expect(together(page([2], true), nothing)).toEqual(page([2], true));
});
