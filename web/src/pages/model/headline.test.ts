import { expect, test } from 'vitest';
import { movedFrom } from './headline.ts';

test('an arrow for where it went, a word for whether that is bad', () => {
  expect(movedFrom(0.75, 0.5, 'lower')).toEqual({ arrow: '▲', by: 0.25, worse: false });
  expect(movedFrom(0.5, 0.75, 'lower')).toEqual({ arrow: '▼', by: 0.25, worse: true });
  expect(movedFrom(88, 22, 'higher')).toEqual({ arrow: '▲', by: 66, worse: true });
  expect(movedFrom(1, 1, 'higher')).toEqual({ arrow: '=', by: 0, worse: false });
});

test('nothing without a baseline', () => {
  expect([movedFrom(1, null, 'higher'), movedFrom(null, 1, 'higher')]).toEqual([null, null]);
});
