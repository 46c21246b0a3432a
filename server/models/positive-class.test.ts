import { expect, test } from 'vitest';
import { positiveClass, positiveSentence } from './positive-class.ts';

test.each([
  ['what people set', 'deny', 'approve', ['approve', 'deny'], 'deny', 'set'],
  ['what scores tell, whatever the names', null, 'no', ['no', 'yes'], 'no', 'score'],
  ['a name, when nothing else tells', null, null, ['approve', 'deny'], 'approve', 'name'],
  ['true where labels are kept as digits', 'true', null, ['0', '1'], '1', 'set'],
  ['set to what is no class', 'Approve', 'deny', ['approve', 'deny'], 'deny', 'score'],
])('%s', (_name, set, inferred, classes, label, by) => {
  expect(positiveClass(set, inferred, classes)).toEqual({ label, by });
});

test.each([
  ['the alphabet tells nothing', ['blue', 'green']],
  ['two names that mean yes', ['good', 'up']],
  ['one class so far', ['yes']],
  ['three classes', ['yes', 'no', 'perhaps']],
])('unknown: %s', (_name, classes) => {
  expect(positiveClass(null, null, classes)).toBeNull();
});

test('a guess says that it is one', () => {
  expect(positiveSentence({ label: 'approve', by: 'name' }, null)).toMatch(/a guess by its name/);
  expect(positiveSentence({ label: 'approve', by: 'score' }, null)).toMatch(/inferred from score/);
});

test('what is set and no label is called by is said to count for nothing', () => {
  expect(positiveSentence({ label: 'approve', by: 'score' }, 'aprove')).toMatch(
    /^No label is called aprove, as the positive label is set\. The score is the probability of approve/,
  );
  expect(positiveSentence({ label: '1', by: 'set' }, 'true')).not.toMatch(/No label/);
});
