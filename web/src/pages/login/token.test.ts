import { expect, test } from 'vitest';
import { landing, tokenOf } from './token.ts';

test.each([
  ['http://127.0.0.1:8765/login?token=abc-_1', 'abc-_1'],
  ['http://127.0.0.1:8765/login#token=abc-_1', 'abc-_1'],
  ['#token=abc', 'abc'],
  ['#part', undefined],
  ['  /login?next=%2F&token=a%2Bb ', 'a+b'],
  ['abc-_1', 'abc-_1'],
  ['', undefined],
  ['two words', undefined],
])('token of "%s"', (text, token) => expect(tokenOf(text)).toBe(token));

test.each([
  [undefined, '/'],
  ['/models/a?preset=7d', '/models/a?preset=7d'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/login?token=x', '/'],
])('landing after %s', (next, path) => expect(landing(next)).toBe(path));
