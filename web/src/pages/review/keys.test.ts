import { expect, test } from 'vitest';
import { deedOf, typedAnswer } from './keys.ts';

test('keys: 1 to 9 answer, s skips, j and k go on and back; others are left to the page', () => {
  const classes = ['deny', 'approve'];
  expect(deedOf('2', classes)).toEqual({ do: 'answer', label: 'approve' });
  expect(deedOf('3', classes)).toBeNull();
  expect(deedOf('0', classes)).toBeNull();
  expect(deedOf('s', classes)).toEqual({ do: 'skip' });
  expect(['j', 'k'].map((key) => deedOf(key, [])?.do)).toEqual(['next', 'previous']);
  expect(deedOf('Enter', classes)).toBeNull();
});

test('typed answers: a class, a number as people write it, or the items that were relevant', () => {
  expect(typedAnswer(' deny ', 'class')).toBe('deny');
  expect(typedAnswer('', 'class')).toBeNull();
  expect(typedAnswer('12,5', 'number')).toBe(12.5);
  expect(typedAnswer('-1.5e3', 'number')).toBe(-1500);
  expect(typedAnswer('many', 'number')).toBeNull();
  expect(typedAnswer('a, b', 'items')).toEqual(['a', 'b']);
  expect(typedAnswer(' ', 'items')).toEqual([]);
});
