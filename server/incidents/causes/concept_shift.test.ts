import { expect, test } from 'vitest';
import { fact } from '../test-facts.ts';
import { planted } from '../testing/planted.ts';

test('what is right changed, and neither the inputs nor the model', () => {
  const { causes } = planted('concept_shift', {
    more: [fact('performance', '', { metric: 'accuracy', value: 0.5, baseline: 0.8 })],
  });
  expect(causes[0]).toMatchObject({ kind: 'concept_shift', column: '' });
  expect(causes[0]!.sentence).toContain('the inputs are as before and the model answers as it did');
  expect(causes[0]!.sentence).toContain('Therefore: accuracy fell to 0.5 (reference 0.8).');
});
