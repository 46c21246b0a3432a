import { expect, test } from 'vitest';
import { fact } from '../test-facts.ts';
import { new_category } from './new_category.ts';

test('explains its own kind of alert, and only that', () => {
  const found = new_category.explain([
    fact('new_category', 'income'),
    fact('drift', 'age'),
    fact('latency', ''),
  ]);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    column: 'income',
    sentence:
      '30 % of rows have a category of income that the reference does not list, against 0 % at the reference.',
  });
  expect(found[0]!.shift).toBeCloseTo(Math.sqrt(0.3), 12);
  expect(found[0]!.evidence).toContainEqual({ name: 'n', value: 4_310 });
});

test('what was so at the reference already is no shift', () => {
  const [found] = new_category.explain([fact('new_category', 'income', { value: 0.3, baseline: 0.3 })]);
  expect(found!.shift).toBe(0);
});
