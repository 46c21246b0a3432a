import { expect, test } from 'vitest';
import { fact } from '../test-facts.ts';
import { planted } from '../testing/planted.ts';

test('says what came, and what is usual', () => {
  const more = [fact('volume', '', { value: 50, baseline: 250 })];
  const { causes } = planted('volume_change', { more, load: 0.2 });
  expect(causes[0]).toMatchObject({ kind: 'volume_change' });
  expect(causes[0]!.sentence).toContain('50 predictions a bucket, where 250 are usual at these hours');
});
