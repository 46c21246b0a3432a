import { expect, test } from 'vitest';
import { inferType, whyIdentifier } from '../tables/rules/infer.ts';
import { CASES, ROWS } from '../tables/rules/infer-cases.testing.ts';
import { survey } from './survey.ts';
import { createWorld, csv } from './world.testing.ts';

const world = createWorld();
const file = world.write(
  'cases.csv',
  csv(
    Object.fromEntries(
      CASES.map(({ name, value }) => [name, Array.from({ length: ROWS }, (_, i) => value(i))]),
    ),
  ),
);
const table = await world.open(file);
const surveyed = await survey(world.engine, table, table.columns, 'spread');

test.each(CASES)('$name', ({ name, is }) => {
  expect(inferType(surveyed.get(name)!)).toEqual(is);
});

test('a small table has no identifiers: ten different values say nothing', async () => {
  const small = await world.open(
    world.write('small.csv', csv({ id: [1, 2, 3, 4], name: ['a', 'b', 'c', 'd'] })),
  );
  const columns = await survey(world.engine, small, small.columns, 'spread');
  expect(inferType(columns.get('id')!)).toEqual({ type: 'numeric', skip: null });
  expect(inferType(columns.get('name')!)).toEqual({ type: 'categorical', skip: null });
});

test('what is left out for its name is not said to be so for its values', async () => {
  const file = world.write(
    'named.csv',
    csv({
      order_id: Array.from({ length: ROWS }, (_, i) => `o${i}`),
      customer_id: Array.from({ length: ROWS }, (_, i) => `c${i >> 1}`),
    }),
  );
  const table = await world.open(file);
  const surveyed = await survey(world.engine, table, table.columns, 'spread');
  for (const found of surveyed.values()) expect(inferType(found).skip).toBe('identifier');
  expect(whyIdentifier(surveyed.get('order_id')!)).toBe('an identifier: its values hardly repeat');
  expect(whyIdentifier(surveyed.get('customer_id')!)).toBe('an identifier by its name, of many values');
});
