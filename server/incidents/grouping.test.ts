import { expect, test } from 'vitest';
import { groupOf } from './grouping.ts';

test('alerts of a model share an incident, whatever broke', () => {
  expect(groupOf({ model: 'income', kind: 'missing' })).toBe(groupOf({ model: 'income', kind: 'quality' }));
  expect(groupOf({ model: 'income', kind: 'missing' })).not.toBe(
    groupOf({ model: 'churn', kind: 'missing' }),
  );
});

test('how groups are treated is told by itself, beside what broke', () => {
  expect(groupOf({ model: 'income', kind: 'fairness' })).not.toBe(
    groupOf({ model: 'income', kind: 'missing' }),
  );
});
