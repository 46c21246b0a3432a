import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['lable', ['label', 'amount'], 'label'],
  ['Label', ['label'], 'label'],
  ['prediction', ['y_pred', 'predictions'], 'predictions'],
  ['churn', ['amount', 'country'], undefined],
  ['x', [], undefined],
] as const)('%s among %j is %s', (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});
