import { expect, test } from 'vitest';
import { condition, conditionText, hasRightAndWrong, tagNames, WITH_ERROR, WRONG } from './filter.ts';

test.each([
  ['temp:gt:0.5', 'temp > 0.5'],
  ['country:eq:a:b', 'country = a:b'],
  ['hum:missing', 'hum is missing'],
  ['_latency_ms:gte:100', 'latency, ms ≥ 100'],
  ['country:eq:', 'country = (empty)'],
  [WITH_ERROR, 'has an error'],
  [WRONG, 'prediction is wrong'],
  ['_tags.sex:eq:female', 'tag sex = female'],
  ['nonsense', 'nonsense'],
])('%s reads %s', (text, words) => expect(conditionText(text)).toBe(words));

test('condition makes what the API reads', () => {
  expect(condition('temp', 'gt', '0.5')).toBe('temp:gt:0.5');
  expect(condition('temp', 'missing', 'left over')).toBe('temp:missing');
});

test('tags of what was read, each once, in order', () => {
  expect(tagNames([{ tags: { b: '1' } }, { tags: {} }, { tags: { a: '2', b: '3' } }])).toEqual(['a', 'b']);
});

test.each([
  ['binary', true, true],
  ['regression', true, false],
  ['unknown', true, false],
  ['unknown', false, true],
])('%s with numbers %s: right and wrong %s', (task, numeric, expected) =>
  expect(hasRightAndWrong(task, numeric)).toBe(expected),
);
