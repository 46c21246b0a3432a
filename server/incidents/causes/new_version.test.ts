import { expect, test } from 'vitest';
import { fact } from '../test-facts.ts';
import { CHANGED_AT } from '../testing/case-of-rows.ts';
import { planted } from '../testing/planted.ts';

test('blames a version that answers otherwise, and none that does not', () => {
  const lost = fact('performance', '', { metric: 'accuracy', value: 0.5, baseline: 0.8 });
  const { causes } = planted('new_version', { more: [lost] });
  expect(causes[0]).toMatchObject({ kind: 'new_version' });
  expect(causes[0]!.sentence).toContain('version v2 answers the same inputs otherwise');
  const versions = [{ version: 'v2', first: CHANGED_AT, before: 0, after: 1 }];
  const innocent = planted('concept_shift', { more: [lost], versions }).causes;
  expect(innocent[0]).toMatchObject({ kind: 'concept_shift' });
});
