import { expect, test } from 'vitest';
import { asWritten, plain } from './plain-markdown.ts';

test('names are text: no markup, no line of their own, and nobody and no ticket is mentioned', () => {
  expect(plain('a|b\n*c* [x](a:b) <img>')).toBe('a\\|b \\*c\\* \\[x\\](a:b) \\<img\\>');
  for (const name of ['@all', 'ask @octo-cat', '(@team/all)', '-@x', '_@x'])
    expect(plain(name)).not.toMatch(/@\w/);
  expect(plain('see #12 and !34')).not.toMatch(/[#!]\d/);
  expect(plain('&commat;all &#64;all &lt;img')).toMatch(/^\\&commat;all \\&\S*64;all \\&lt;img$/);
  expect(plain('~~gone~~ $x$')).toBe('\\~\\~gone\\~\\~ \\$x\\$');
  for (const name of ['https://evil.example', 'WWW.evil.example', 'evil.example/x', 'risk@evil.example'])
    expect(plain(name)).not.toMatch(/\/\/|www\.|evil\.example/i);
});

test('addresses that people wrote stay whole, and are no markup', () => {
  expect(asWritten('see https://wiki.example/run *now*, or risk@example.org')).toBe(
    'see https://wiki.example/run \\*now\\*, or risk@example.org',
  );
});
