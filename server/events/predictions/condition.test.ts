import { expect, test } from 'vitest';
import { conditionSql, parseCondition } from './condition.ts';

test('column, operator and value', () => {
  expect(parseCondition('amount:gt:100')).toEqual({ column: 'amount', operator: 'gt', value: '100' });
  expect(parseCondition('a:b:eq:c:d')).toEqual({ column: 'a:b', operator: 'eq', value: 'c:d' });
  expect(parseCondition('note:contains:')).toEqual({ column: 'note', operator: 'contains', value: '' });
  expect(parseCondition('amount:missing')).toEqual({ column: 'amount', operator: 'missing', value: '' });
});

test('a column with an operator in its name is found by what columns there are', () => {
  const columns =
    (...names: string[]) =>
    (name: string) =>
      names.includes(name);
  expect(parseCondition('a:gt:eq:5', columns('a', 'a:gt'))).toEqual({
    column: 'a:gt',
    operator: 'eq',
    value: '5',
  });
  expect(parseCondition('a:gt:eq:5', columns('a'))).toEqual({ column: 'a', operator: 'gt', value: 'eq:5' });
  expect(parseCondition('a:gt:missing', columns('a:gt'))).toMatchObject({
    column: 'a:gt',
    operator: 'missing',
  });
});

test.each(['amount', 'amount:near:5', ':eq:5', 'amount:eq'])('%s is refused', (text) => {
  expect(() => parseCondition(text)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});

test('values are bound, names made harmless', () => {
  const condition = { column: 'a`b', operator: 'ne' as const, value: "x' OR 1" };
  const { sql, params } = conditionSql(condition, 'categorical', 'w0');
  expect(sql).toBe('(_f_a_60_b != {w0:String} OR _f_a_60_b IS NULL)');
  expect(params).toEqual({ w0: "x' OR 1" });
});

test('numbers must be numbers', () => {
  const sql = (value: string) => conditionSql({ column: 'a', operator: 'lt', value }, 'numeric', 'w');
  expect(sql('1e3').params).toEqual({ w: 1000 });
  for (const value of ['', 'x', 'Infinity', 'NaN']) expect(() => sql(value)).toThrow('is not a number');
});
