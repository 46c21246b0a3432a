import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('the outcomes weigh otherwise, and that accounts for the inputs', () => {
  const { causes } = planted('prior_shift');
  expect(causes[0]).toMatchObject({ kind: 'prior_shift', column: '' });
});
