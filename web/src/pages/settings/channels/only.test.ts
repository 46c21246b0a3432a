import { expect, test } from 'vitest';
import { EVERYTHING, onlySentence } from './only.ts';

test('which incidents a channel is told of, in words', () => {
  expect(onlySentence(EVERYTHING)).toBe('');
  expect(onlySentence({ ...EVERYTHING, priority: 'P2', models: ['m1'] }, () => 'credit-risk')).toBe(
    'P2 and P1 of credit-risk',
  );
  expect(onlySentence({ ...EVERYTHING, owners: ['risk'], causes: ['missing_values'] })).toBe(
    'owned by risk caused by missing values',
  );
});
