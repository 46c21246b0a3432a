import { expect, test } from 'vitest';
import { NewRota } from '../../../contract/rota.ts';
import { nextTurn, onCallAt, turnsFrom } from './on-call-at.ts';

const people = ['Ada', 'Ben', 'Cleo'].map((name) => ({ name }));
const weekly = NewRota.parse({ name: 'risk', zone: 'Europe/Berlin', starts_on: '2026-10-19', people });
const daily = NewRota.parse({ ...weekly, turn: 'day', zone: 'Asia/Tokyo', handover: '18:00' });

test.each([
  ['before the first handover', weekly, '2026-10-19T06:59Z', undefined],
  ['from the first handover on', weekly, '2026-10-19T07:00Z', 'Ada'],
  [
    'a minute before the second, an hour later by UTC since clocks were set back',
    weekly,
    '2026-10-26T07:59Z',
    'Ada',
  ],
  ['at the second', weekly, '2026-10-26T08:00Z', 'Ben'],
  ['in the fourth week', weekly, '2026-11-12T00:00Z', 'Ada'],
  ['by the clocks of its zone', daily, '2026-10-20T08:59Z', 'Ada'],
  ['each day', daily, '2026-10-20T09:00Z', 'Ben'],
  ['in ten years, 3,654 turns later', daily, '2036-10-20T09:00Z', 'Ada'],
])('%s', (_, rota, at, name) => {
  expect(onCallAt(rota, Date.parse(at))?.person.name).toBe(name);
});

test('a preview begins with the turn that goes on, or the first one', () => {
  const names = (at: string) => turnsFrom(weekly, Date.parse(at), 4).map(({ person }) => person.name);
  expect(names('2026-11-12T00:00Z')).toEqual(['Ada', 'Ben', 'Cleo', 'Ada']);
  expect(names('2020-01-01T00:00Z')).toEqual(['Ada', 'Ben', 'Cleo', 'Ada']);
});

test('turns follow each other without a gap', () => {
  let turn = nextTurn(weekly, 0);
  for (let i = 0; i < 60; i += 1) {
    const next = nextTurn(weekly, turn.from);
    expect([next.from, onCallAt(weekly, turn.to - 1)]).toEqual([turn.to, turn]);
    turn = next;
  }
});
