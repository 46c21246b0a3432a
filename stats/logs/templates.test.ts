import { expect, test } from 'vitest';
import { mineTemplates } from './templates.ts';

const lines = (...patterns: [string, number][]) => patterns.map(([pattern, count]) => ({ pattern, count }));

test('lines that differ in a word are one template, others stay apart', () => {
  const found = mineTemplates(
    lines(
      ['joined <*> rows of table orders', 9],
      ['joined <*> rows of table labels', 3],
      ['feature store is late by <*>', 2],
      ['joined <*> rows', 1],
    ),
  );
  expect(found.map(({ template, lines }) => [template, lines.length])).toEqual([
    ['joined <*> rows of table <*>', 2],
    ['feature store is late by <*>', 1],
    ['joined <*> rows', 1],
  ]);
});

test('the same lines in another order give the same templates', () => {
  const some = lines(
    ['a b c d e', 1],
    ['a b c d f', 1],
    ['a b c g f', 1],
    ['a x y z w', 4],
    ['a b x y z', 2],
  );
  const templates = (all: typeof some) => mineTemplates(all).map(({ template }) => template);
  expect(templates([...some].reverse())).toEqual(templates(some));
});

test('what is unlike in both does not make them alike', () => {
  expect(mineTemplates(lines(['<*> <*> <*> start', 1], ['<*> one two three', 1]))).toHaveLength(2);
});

test('of a very long line the first 32 tokens are compared, and the template still covers all of it', () => {
  const same = Array.from({ length: 32 }, (_, i) => `w${i}`).join(' ');
  const long = (end: string) => `${same} ${Array.from({ length: 100 }, (_, i) => `${end}${i}`).join(' ')}`;
  const found = mineTemplates(lines([long('a'), 2], [long('b'), 1]));
  expect(found.map(({ template }) => template)).toEqual([`${same}${' <*>'.repeat(100)}`]);
});
