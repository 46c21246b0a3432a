import { expect, test } from 'vitest';
import { choices, targetOf, textOf, whom } from './targets.ts';

const nameable = {
  channels: [{ id: 'c1', name: 'pager' }],
  rotas: [{ id: 'r 1', name: 'risk' }],
  escalations: [
    { id: 'e1', name: 'nights' },
    { id: 'e2', name: 'bosses' },
  ],
};

test('every choice is a target and its words', () => {
  expect(choices(nameable, 'e1').map(({ value, label }) => [targetOf(value), label])).toEqual([
    [{ rota: 'r 1' }, 'whoever is on call in risk'],
    [{ owners: true }, 'the owners'],
    [{ channel: 'c1' }, 'pager'],
    [{ escalation: 'e2' }, 'all of bosses'],
  ]);
});

test('what is gone is named by its id', () => {
  expect(whom({ channel: 'gone' }, nameable)).toBe('gone');
  expect(textOf(targetOf('rota r 1'))).toBe('rota r 1');
});
