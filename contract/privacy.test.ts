import { expect, test } from 'vitest';
import { matches, PrivacyRule, ruleInWords, ruleOf } from './privacy.ts';

test.each([
  ['email*', 'Email_Work', true],
  ['email*', 'work_email', false],
  ['*_name', 'last_name', true],
  ['*_name', '_name', false],
  ['*a*a*', 'banana', true],
  ['*a*a', 'banan', false],
  ['ab*ba', 'aba', false],
  ['*', 'anything', true],
  ['*', '_id', false],
  ['_*_id', '_trace_id', true],
  ['a.c', 'abc', false],
])('%s and %s: %s', (pattern, name, fits) => expect(matches(pattern, name)).toBe(fits));

test('the first rule that fits decides; of an id only a hash serves', () => {
  const rules = [
    { columns: '_*', action: 'drop' as const },
    { columns: '_id', action: 'hash' as const },
  ];
  expect(ruleOf(rules, '_id')).toBe(rules[1]);
  expect(ruleOf(rules, '_trace_id')).toBe(rules[0]);
  expect(ruleOf(rules, '_score')).toBeUndefined();
  expect(PrivacyRule.safeParse({ columns: '_score', action: 'drop' }).success).toBe(false);
  expect(ruleInWords({ columns: 'a', action: 'bucket', width: 0.5, characters: 1 })).toBe(
    'in steps of 0.5, text to 1 character',
  );
});
