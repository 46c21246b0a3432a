import { expect, test } from 'vitest';
import { createWorld, csv } from '../world.testing.ts';
import { checkRules } from './check-rules.ts';
import type { Rule } from './rule.ts';

const world = createWorld();
const table = await world.open(
  world.write(
    't.csv',
    csv({
      age: [10, 20, 30, 200, null],
      code: ['a', 'b', 'a', 'zz', 'NA'],
      mixed: [1, 2.5, 'x', 4, 5],
      flag: ['True', 'no', '1', '0', 'false'],
    }),
  ),
);

const age = { column: 'age', mostly: 1 } as const;
const code = { column: 'code', mostly: 1 } as const;
const RULES: readonly (readonly [rule: Rule, broken: string | null])[] = [
  [{ kind: 'present', column: 'age' }, null],
  [{ kind: 'present', column: 'gone' }, 'a rule wants this column, and it is not there'],
  [{ kind: 'not_missing', ...age }, '20 % missing'],
  [{ kind: 'not_missing', column: 'age', mostly: 0.8 }, null],
  [{ kind: 'missing', ...age }, '80 % of the values given, none expected'],
  [{ kind: 'between', ...age, min: 0, max: 120 }, '25 % of the values not between 0 and 120'],
  [{ kind: 'between', ...age, min: 0, max: null }, null],
  [{ kind: 'between', column: 'age', mostly: 0.7, min: 0, max: 120 }, null],
  [{ kind: 'in_set', ...code, values: ['a', 'b'] }, '25 % of the values not among the 2 allowed'],
  [{ kind: 'in_set', ...age, values: ['10.0', '20', '30', '200'] }, null],
  [{ kind: 'not_in_set', ...code, values: ['zz'] }, '25 % of the values among the forbidden ones'],
  [{ kind: 'of_type', column: 'mixed', type: 'numeric', mostly: 1 }, '20 % of the values not numeric'],
  [{ kind: 'of_type', column: 'mixed', type: 'integer', mostly: 1 }, '40 % of the values not integer'],
  [{ kind: 'of_type', column: 'flag', type: 'boolean', mostly: 1 }, null],
  [{ kind: 'of_type', ...code, type: 'categorical' }, null],
  [{ kind: 'length', ...code, min: 1, max: 1 }, '25 % of the values not of length 1 to 1'],
  [{ kind: 'matches', ...code, pattern: '^[ab]$' }, '25 % of the values not of the pattern ^[ab]$'],
  [{ kind: 'unique', column: 'age' }, null],
  [{ kind: 'unique', column: 'code' }, '1 value repeats another'],
];

test.each(RULES.map(([rule, broken]) => [JSON.stringify(rule), rule, broken] as const))(
  '%s',
  async (_, rule, broken) => {
    const found = await checkRules(world.engine, table, [rule]);
    expect(found.get(rule.column)).toEqual(broken === null ? undefined : [broken]);
  },
);

test('a pattern that is none: says so', async () => {
  await expect(checkRules(world.engine, table, [{ kind: 'matches', ...code, pattern: '(' }])).rejects.toThrow(
    /pattern/,
  );
});
