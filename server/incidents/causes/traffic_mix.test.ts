import { expect, test } from 'vitest';
import { planted } from '../testing/planted.ts';

test('names the column whose categories weigh otherwise', () => {
  const { causes, columns } = planted('traffic_mix');
  expect(causes[0]).toMatchObject({ kind: 'traffic_mix', column: columns[0] });
  expect(causes[0]!.sentence).toContain('within the categories nothing did');
});
