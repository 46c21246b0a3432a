import { expect, test } from 'vitest';
import { termsSentence, USUAL } from './terms.ts';

const when = (more: object) => ({ ...USUAL, when: { ...USUAL.when, ...more } });

test.each([
  [
    'usual',
    USUAL,
    'when there is an incident, after a yes of whoever may write, at most 1 in 24 h, 24 h apart for one model',
  ],
  [
    'narrow',
    { ...when({ priority: 'P1', models: ['m'], kinds: ['drift'], after_minutes: 60 }), cooldown_minutes: 0 },
    'when an incident (P1 of credit) with an alert of drift has gone on for 1 h, after a yes of whoever may write, at most 1 in 24 h',
  ],
  [
    'a version, people',
    { ...when({ on: 'promote' }), approval: { people: ['a@b.org', 'c@d.org'], expires_minutes: 60 } },
    'when a version is found better, after a yes of a@b.org or c@d.org, at most 1 in 24 h, 24 h apart for one model',
  ],
  [
    'by hand',
    { ...when({ on: 'hand' }), approval: null, cooldown_minutes: 0 },
    'only when somebody asks for it, nobody is asked, at most 1 in 24 h',
  ],
])('%s', (_, terms, sentence) => {
  expect(termsSentence(terms, () => 'credit')).toBe(sentence);
});
