import { expect, test } from 'vitest';
import { Misuse } from '../failure.ts';
import { parseMapping } from './parse-mapping.ts';

test('parts and columns that are left out, one by one or in a list', () => {
  const { roles, ignored } = parseMapping(['id=loan,score=p', 'time=at'], ['note, source']);
  expect(Object.fromEntries(roles)).toEqual({ id: 'loan', score: 'p', time: 'at' });
  expect([...ignored]).toEqual(['note', 'source']);
});

test.each([['p'], ['=p'], ['nonsense=p'], ['score=']])('--map %s is misuse', (pair) => {
  expect(() => parseMapping([pair], [])).toThrow(Misuse);
});
