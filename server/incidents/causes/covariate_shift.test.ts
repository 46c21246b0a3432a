import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('names the column that the population changed by', () => {
  const { causes } = planted('covariate_shift');
  expect(causes[0]).toMatchObject({ kind: 'covariate_shift' });
  expect(causes[0]!.sentence).toContain('the rows that are asked about are others');
});
