import { expect, test } from 'vitest';
import { condition, conditionText, WITH_ERROR } from './filter.ts';

test.each([
  ['temp:gt:0.5', 'temp > 0.5'],
  ['country:eq:a:b', 'country = a:b'],
  ['hum:missing', 'hum is missing'],
  ['_latency_ms:gte:100', 'latency, ms ≥ 100'],
  ['country:eq:', 'country = (empty)'],
  [WITH_ERROR, 'has an error'],
  ['nonsense', 'nonsense'],
])('%s reads %s', (text, words) => expect(conditionText(text)).toBe(words));

test('condition makes what the API reads', () => {
  expect(condition('temp', 'gt', '0.5')).toBe('temp:gt:0.5');
  expect(condition('temp', 'missing', 'left over')).toBe('temp:missing');
});
