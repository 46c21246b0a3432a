import { expect, test } from 'vitest';
import { askedOf, mayDecide } from './run-words.ts';

const ada = { email: 'ada@example.org', write: true };

test.each([
  ['anybody who may write', { state: 'asked', people: [] }, ada, true],
  ['who is named', { state: 'asked', people: ['ada@example.org'] }, ada, true],
  ['who is not named', { state: 'asked', people: ['bo@example.org'] }, ada, false],
  ['who may only look', { state: 'asked', people: [] }, { ...ada, write: false }, false],
  ['nobody once it is decided', { state: 'refused', people: [] }, ada, false],
] as const)('a run is decided by %s', (_, { state, people }, reader, may) => {
  expect(mayDecide({ state, people: [...people] }, reader)).toBe(may);
});

test('who is asked is told by name, or by what they may do', () => {
  expect(askedOf({ people: [] })).toBe('whoever may write');
  expect(askedOf({ people: ['ada@example.org', 'bo@example.org'] })).toBe(
    'ada@example.org or bo@example.org',
  );
});
