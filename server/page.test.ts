import { expect, test } from 'vitest';
import { numericCursor, pageFrom } from './page.ts';

test('one row more than the limit means another page', () => {
  expect(pageFrom([1, 2, 3], 2, String)).toEqual({ items: [1, 2], next_cursor: '2' });
  expect(pageFrom([1, 2], 2, String)).toEqual({ items: [1, 2], next_cursor: null });
  expect(pageFrom([], 2, String)).toEqual({ items: [], next_cursor: null });
});

test('a cursor that no reply had is refused', () => {
  expect(numericCursor(undefined)).toBeUndefined();
  expect(numericCursor('17')).toBe(17);
  for (const cursor of ['', '-1', '1e3', '1;drop']) {
    expect(() => numericCursor(cursor)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  }
});
