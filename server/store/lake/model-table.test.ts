import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelTableName } from './model-table.ts';

test.each([
  ['credit', 'predictions_credit'],
  ['credit-risk', 'predictions_credit_2drisk'],
  ['credit_risk', 'predictions_credit__risk'],
  ['v1.2', 'predictions_v1_2e2'],
])('%s is in %s', (model, table) => {
  expect(modelTableName(model)).toBe(table);
});

test('two models never share a table, and no name needs quotes', () => {
  const name = fc.string({ unit: fc.constantFrom(...'abZ09._-2de'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(modelTableName(a) === modelTableName(b)).toBe(a === b);
      expect(modelTableName(a)).toMatch(/^\w+$/);
    }),
  );
});
