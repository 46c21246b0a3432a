import { expect, test } from 'vitest';
import { delimitedLayout } from './delimited-layout.ts';
import { encodingOf } from './encoding.ts';
import { textShape } from './text-shape.ts';

test.each([
  ['comma', 'a,b\n1,2\n', ',', ['a', 'b']],
  ['tab', 'a\tb\n1\t2\n', '\t', ['a', 'b']],
  ['semicolon beside decimal commas', 'a;b\n1,5;2\n2,5;3\n', ';', ['a', 'b']],
  ['bar', 'a|b\n1|2\n', '|', ['a', 'b']],
  ['one column', 'a\n1\n2\n', ',', ['a']],
  ['quoted commas', 'a,b\n"x, y",2\n"z, w",3\n', ',', ['a', 'b']],
  ['byte order mark', '\ufeffa,b\n1,2\n', ',', ['a', 'b']],
  ['names with spaces', ' a , b \n1,2\n', ',', ['a', 'b']],
  ['an index without a name, as pandas writes it', ',a\n0,1\n', ',', ['column_1', 'a']],
  ['names that repeat', 'a,b,a,a\n1,2,3,4\n', ',', ['a', 'b', 'a.1', 'a.2']],
] as const)('%s', (_, text, delimiter, names) => {
  expect(textShape(text, true)).toMatchObject({ delimiter, names, header: true });
});

test('numbers in the first row are no header', () => {
  expect(textShape('1,x\n2,y\n', true)).toMatchObject({ header: false, names: ['column_1', 'column_2'] });
});

test('rows that are too short or too long are counted', () => {
  expect(textShape('a,b\n1,2\n3\n4,5,6\n', true)).toMatchObject({ ragged: 2, names: ['a', 'b'] });
});

test('the last line of a beginning may be cut and is not looked at', () => {
  expect(textShape('a,b\n1,2\n3', false).ragged).toBe(0);
});

test.each([
  ['utf-8', Buffer.from('größe,b\n1,2\n')],
  ['utf-16le', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')],
  ['utf-16le', Buffer.from('a,b\n1,2\n', 'utf16le')],
  ['utf-16be', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le').swap16()],
  ['windows-1252', Buffer.from('gr\u00f6\u00dfe,b\n1,2\n', 'latin1')],
] as const)('%s is recognised', (encoding, bytes) => {
  expect(encodingOf(bytes)).toBe(encoding);
});

test.each([
  ['blanks between fields', 'a b c\n1 2 3\n4  5 6\n7 8 9\n', /one column, but its rows have 3 fields/],
  ['words', 'note\nall is well\nno\nnot at all\n', null],
  ['one word a row', 'a\n1\n2\n3\n', null],
])('%s: what is said of a table of one column', (_, text, note) => {
  const { notes } = delimitedLayout('t', Buffer.from(text), true);
  expect(notes.join()).toMatch(note ?? /^$/);
});
