import { expect, test } from 'vitest';
import { Matcher } from '../../../contract/silence.ts';
import { fits, matches, matchesEverything } from './matches.ts';

const incident = {
  priority: 'P2' as const,
  models: ['credit-risk', 'churn'],
  owners: ['risk@x.example'],
  causes: [{ kind: 'unit_change' }, { kind: 'new_version' }],
};
const matchers = (text: string) =>
  text
    .split(' ')
    .filter((one) => one !== '')
    .map((one) => {
      const [, field, op, value] = /^(\w+)(!?=)(.+)$/.exec(one)!;
      return Matcher.parse({ field, op, value });
    });

test.each([
  ['', true, true],
  // it concerns credit-risk as well
  ['model=churn', false, false],
  ['model=c*', true, false],
  ['model=*', true, true],
  ['model!=churn', false, false],
  ['model=churn priority=P1', false, false],
  ['owner=*@x.example priority!=P1', true, false],
  ['cause=unit_change', true, false],
  ['cause=new_version', false, false],
  ['priority=P*', true, true],
  ['priority!=P9', true, true],
  ['priority!=P3', true, false],
  ['owner!=nobody', true, false],
])('%s: holds %s, for everything %s', (text, holds, everything) => {
  expect([matches(matchers(text), incident), matchesEverything(matchers(text))]).toEqual([holds, everything]);
});

test.each([
  ['a*c', 'abbc', true],
  ['a*c', 'ac', true],
  ['ab*bc', 'abc', false],
  ['*a*a*', 'a', false],
  ['a.c', 'abc', false],
])('%s and %s: %s', (pattern, text, expected) => expect(fits(pattern, text)).toBe(expected));

test('a pattern that is made to take for ever does not', () => {
  expect(fits(`${'*a'.repeat(120)}b`, 'a'.repeat(5_000))).toBe(false);
});
