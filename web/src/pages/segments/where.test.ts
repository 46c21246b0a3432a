import { expect, test } from 'vitest';
import { segmentWhere } from './where.ts';

const split = {
  id: 'country=*&age=*&channel=*',
  columns: [
    { name: 'country', of: 'text' as const, cuts: null },
    { name: 'age', of: 'number' as const, cuts: [25, 40] },
    { name: 'channel', of: 'tag' as const, cuts: null },
  ],
  own: 4,
  most: 20,
};

test.each([
  [
    'country=FR&age=25 – 40&channel=app',
    ['country:eq:FR', 'age:gte:25', 'age:lt:40', '_tags.channel:eq:app'],
  ],
  ['country=&age=< 25&channel=', ['country:missing', 'age:lt:25', '_tags.channel:missing']],
  ['country=FR&age=≥ 40&channel=app', ['country:eq:FR', 'age:gte:40', '_tags.channel:eq:app']],
  ['country=*&age=*&channel=*', null],
])('%s', (key, where) => {
  expect(segmentWhere(key, split)).toEqual(where);
});
