import { expect, test } from 'vitest';
import { timeless } from './timeless.ts';

test.each([
  ['a file without times', { n: 8_232, near: 8_232, moments: 9 }, { n: 8_232, of: 8_232 }],
  ['a service that sends what it answers', { n: 8_232, near: 8_232, moments: 8_000 }, null],
  ['a replay of the past', { n: 8_232, near: 0, moments: 0 }, null],
  ['most of them', { n: 1_000, near: 900, moments: 2 }, { n: 900, of: 1_000 }],
  ['a few', { n: 99, near: 99, moments: 1 }, null],
  ['nothing', { n: 0, near: 0, moments: 0 }, null],
])('%s', (_name, seen, told) => expect(timeless(seen)).toEqual(told));
