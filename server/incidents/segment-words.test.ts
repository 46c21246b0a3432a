import { expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';
import { segmentWords } from './segment-words.ts';
import { fact } from './test-facts.ts';
import { titleOf } from './title.ts';

const AT = Date.UTC(2026, 2, 14, 8);

test.each([
  ['', ''],
  ['country=FR', 'one country'],
  ['plan=pro', 'plan = pro'],
  ['plan=pro&country=FR', 'plan = pro, one country'],
  ['age=< 25', 'age < 25'],
  ['country=', 'no country'],
  ['country=*', 'other country'],
  ['variant=canary', 'variant = canary'],
])('%s is said as %s where only the plan is safe, and the age is a number', (key, words) => {
  expect(segmentWords(key, new Set(['plan', 'age']))).toBe(words);
});

const inFrance = { segment: 'country=FR', segmentText: 'country = FR' };
const inGermany = { segment: 'country=DE', segmentText: 'country = DE', value: 0.2 };

test.each([
  ['of one segment', [fact('missing', 'income', inFrance)], 'Missing values in income for country = FR'],
  [
    'of several: the worst and how many more',
    [fact('missing', 'income', inGermany), fact('missing', 'income', inFrance)],
    'Missing values in income for country = FR and 1 more segment',
  ],
  [
    'of all predictions as well: they alone',
    [fact('missing', 'income'), fact('missing', 'income', inFrance)],
    'Missing values in income',
  ],
])('the title names the segment %s', (_name, facts, title) => {
  expect(titleOf(facts, ['income'], AT)).toBe(`${title} since 14 Mar 2026, 08:00 UTC`);
});

test('a cause told by alerts alone names the segment', () => {
  const [cause] = diagnose([fact('missing', 'income', inFrance)], null);
  expect(cause!.sentence).toContain('for country = FR');
});
