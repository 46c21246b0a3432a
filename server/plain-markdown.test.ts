import { expect, test } from 'vitest';
import { plain } from './plain-markdown.ts';

test('names are text: no markup, no line of their own, and nobody and no ticket is mentioned', () => {
  expect(plain('a|b\n*c* [x](https://a) <img>')).toBe('a\\|b \\*c\\* \\[x\\](https://a) \\<img\\>');
  for (const name of ['@all', 'ask @octo-cat', '(@team/all)', '-@x', '_@x'])
    expect(plain(name)).not.toMatch(/@\w/);
  expect(plain('see #12 and !34')).not.toMatch(/[#!]\d/);
  expect(plain('&commat;all &#64;all &lt;img')).toMatch(/^\\&commat;all \\&\S*64;all \\&lt;img$/);
  expect(plain('~~gone~~ $x$')).toBe('\\~\\~gone\\~\\~ \\$x\\$');
  expect(plain('risk@example.org')).toBe('risk@example.org');
});
