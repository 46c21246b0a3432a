import { expect, test } from 'vitest';
import { aboutWords, daysWords, whenWords } from './words.ts';

test.each([
  [[1, 2, 3, 4, 5], 'Monday to Friday'],
  [[0, 6], 'Saturday, Sunday'],
  [[0, 5, 6], 'Friday to Sunday'],
  [[1, 4, 5], 'Monday, Thursday, Friday'],
  [[0, 1, 2, 3, 4, 5, 6], 'every day'],
  [[1], 'Monday'],
])('%j → %s', (days, words) => expect(daysWords(days)).toBe(words));

test('when it comes, and what it is about', () => {
  expect(whenWords({ days: [1], at: '08:00', zone: 'UTC' })).toBe('Monday at 08:00 UTC');
  const only = { priority: 'P2' as const, models: ['m1'], owners: [], layers: ['data' as const] };
  expect(aboutWords(only, () => 'credit')).toBe(
    'incidents of P2 and more urgent ones, of credit, with an alert of data',
  );
  expect(aboutWords(null, String)).toBe('of the models and owners that the channel is told of');
});
