import { expect, test } from 'vitest';
import { address } from './address.ts';

test.each([
  ['/models', {}, {}, '/api/v1/models'],
  ['/models/:model', { model: 'a/b c' }, {}, '/api/v1/models/a%2Fb%20c'],
  [
    '/models/:model/columns/:column/distribution',
    { model: 'm', column: 'é?' },
    { from: undefined, to: '', reference: 'r1' },
    '/api/v1/models/m/columns/%C3%A9%3F/distribution?reference=r1',
  ],
  [
    '/x',
    {},
    { where: ['a:gt:1', 'b:eq:x'], n: 0, on: false },
    '/api/v1/x?where=a%3Agt%3A1&where=b%3Aeq%3Ax&n=0&on=false',
  ],
] as const)('%s', (template, params, query, expected) => {
  expect(address(template, params as Record<string, string>, query)).toBe(expected);
});

test('a missing path parameter is a mistake of the caller', () => {
  expect(() => address('/models/:model')).toThrow('needs model');
});
