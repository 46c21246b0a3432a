import { expect, test } from 'vitest';
import { factsOf } from '../../../tables/rules/tally.ts';
import { recognise } from './recognise.ts';

const many = (make: (i: number) => unknown) => Array.from({ length: 1000 }, (_, i) => make(i));
const facts = (name: string, make: (i: number) => unknown, stored: 'text' | 'number' = 'text') => ({
  ...factsOf(name, many(make)),
  typed: true,
  stored,
});

test.each([
  ['texts that never repeat', facts('order', (i) => `A-${i * 7919}-x`), 'identifier'],
  ['numbers that count up', facts('row', (i) => i, 'number'), 'identifier'],
  ['sentences', facts('note', (i) => `customer number ${i} asked again for a loan`), 'text'],
  ['times as text', facts('sent', (i) => `2026-01-05T00:00:${String(i % 60).padStart(2, '0')}Z`), 'time'],
  ['zeros and ones', facts('flag', (i) => i % 2, 'number'), 'boolean'],
  ['yes and no', facts('answer', (i) => ['yes', 'no'][i % 2]), 'boolean'],
  ['numbers of two values', facts('wheels', (i) => 2 + 2 * (i % 2), 'number'), undefined],
  ['categories', facts('country', (i) => ['de', 'fr', 'at'][i % 3]), undefined],
  ['amounts', facts('amount', (i) => 10 + ((i * 7919) % 997) / 3, 'number'), undefined],
])('%s', (_, found, meaning) => {
  expect(recognise(found)?.meaning).toBe(meaning);
});

test('the reason names the share and how many were looked at', () => {
  expect(recognise(facts('order', (i) => `A-${Math.floor(i / 1.01) * 7919}-x`))?.why).toBe(
    '99 % of 1,000 values differ',
  );
});
