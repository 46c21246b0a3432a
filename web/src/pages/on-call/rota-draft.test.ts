import { expect, test } from 'vitest';
import { emptyRota, isComplete, moved, without } from './rota-draft.ts';

test('a new rota begins today and waits for names', () => {
  const draft = emptyRota(undefined, new Date(2026, 2, 5));
  expect(draft).toMatchObject({ turn: 'week', starts_on: '2026-03-05', handover: '09:00' });
  expect(isComplete(draft)).toBe(false);
  expect(isComplete({ ...draft, name: 'risk', people: [{ name: 'Ada', channel: null }] })).toBe(true);
  expect(isComplete({ ...draft, name: 'risk', people: [{ name: ' ', channel: null }] })).toBe(false);
});

test('people change places', () => {
  expect(moved(['a', 'b', 'c'], 2)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 0)).toEqual(['a', 'b']);
  expect(without(['a', 'b', 'c'], 1)).toEqual(['a', 'c']);
});
