import { expect, test } from 'vitest';
import { comparisonTests, run } from '../comparison.testing.ts';
import { student } from './student.ts';

comparisonTests(student);

test('no spread, too few', () => {
  expect(run(student, [1, 1], [2, 2])).toEqual({ reason: 'constant' });
  expect(run(student, [1], [2, 3])).toEqual({ reason: 'not_enough_data' });
});
