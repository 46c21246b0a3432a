import { expect, test } from 'vitest';
import { boundNames, parameterText } from './parameter.ts';

test.each([
  [null, '\\N'],
  [true, 'true'],
  [-1.5e-7, '-1.5e-7'],
  [12n, '12'],
  [Number.NaN, 'nan'],
  [Number.NEGATIVE_INFINITY, '-inf'],
  ['a\tb\\c\n\0', 'a\\tb\\\\c\\n\\0'],
  [['a', "b'c\\"], "['a','b\\'c\\\\']"],
  [[1, 2], '[1,2]'],
  [[], '[]'],
])('%o is written as %j', (value, text) => {
  expect(parameterText(value)).toBe(text);
});

test('binds what the statement names, and only that', () => {
  expect(boundNames('SELECT {a:Int8}', { a: 1, b: 2 })).toEqual({ a: 1 });
  expect(() => boundNames('SELECT {a:Int8}', { b: 2 })).toThrow();
});
