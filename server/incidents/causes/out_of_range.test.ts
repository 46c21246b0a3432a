import { expect, test } from 'vitest';
import { fact } from '../test-facts.ts';
import { out_of_range } from './out_of_range.ts';

test('explains its own kind of alert, and only that', () => {
  const found = out_of_range.explain([fact('range', 'income'), fact('drift', 'age'), fact('latency', '')]);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    column: 'income',
    sentence: 'income lies outside the range of the reference in 30 % of rows, against 0 % before.',
  });
  expect(found[0]!.shift).toBeCloseTo(Math.sqrt(0.3), 12);
  expect(found[0]!.evidence).toContainEqual({ name: 'n', value: 4_310 });
});

test('what was so at the reference already is no shift', () => {
  const [found] = out_of_range.explain([fact('range', 'income', { value: 0.3, baseline: 0.3 })]);
  expect(found!.shift).toBe(0);
});
