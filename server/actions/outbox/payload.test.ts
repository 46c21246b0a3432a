import { expect, test } from 'vitest';
import { payload } from './payload.ts';

test('a name that a sender chose is no mention, link or markup in a chat', () => {
  const title = 'Missing values in <!channel> <https://evil.example.org|click>\u202e since';
  const incident = { id: 'i', priority: 'P2', models: ['m'], model_names: ['m'], title, withdrawn: false };
  const body = JSON.parse(payload('opened', incident as never, 1, 'http://tilt'));
  expect(body.text).toBe(
    '[P2] m: Missing values in ‹!channel› ‹https:/\u200b/evil.\u200bexample.\u200borg|click›� since',
  );
  expect(body.incident.title).toBe(title);
});

test('what is over by another reference is not told as a recovery', () => {
  const ended = { reason: 'reference_changed', sentence: '' };
  const incident = {
    id: 'i',
    priority: 'P1',
    model_names: ['m'],
    title: 'ROC AUC fell',
    withdrawn: false,
    merged_into: null,
    ended,
  };
  const body = JSON.parse(payload('resolved', incident as never, 2, 'http://tilt'));
  expect(body.text).toBe('[P1] m: Over by another reference, no recovery shown: ROC AUC fell');
});
