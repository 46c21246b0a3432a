import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('most inputs empty at once are one failure, not many', () => {
  const { causes } = planted('pipeline_failure');
  expect(causes[0]).toMatchObject({ kind: 'pipeline_failure' });
  expect(causes[0]!.sentence).toContain('5 of 6 inputs are empty at once, in 100 % of rows');
});
