import { expect, test } from 'vitest';
import { matcherWords, readMatchers } from './matchers.ts';

test.each([
  ['', []],
  ['model=credit-*', [{ field: 'model', op: '=', value: 'credit-*' }]],
  [
    ' owner = a@x.example ,, priority!=P1 ',
    [
      { field: 'owner', op: '=', value: 'a@x.example' },
      { field: 'priority', op: '!=', value: 'P1' },
    ],
  ],
  ['model', null],
  ['layer=data', null],
  ['model=a, model=', null],
])('%j', (text, expected) => expect(readMatchers(text)).toEqual(expected));

test('in words', () => {
  expect(matcherWords([])).toBe('every incident');
  expect(matcherWords(readMatchers('model=a*, priority!=P1')!)).toBe('model = a*, priority != P1');
});
