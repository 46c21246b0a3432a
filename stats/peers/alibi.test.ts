import { expect, test } from 'vitest';
import { alibi, bonferroni } from './alibi.ts';
import { formulaTests } from './formulas.testing.ts';

formulaTests(alibi);

test('Bonferroni shares the level among the columns', () => {
  expect(bonferroni(20)).toBe(0.0025);
});
