import { expect, test } from 'vitest';
import type { PredictionRecord } from '../../api/types.ts';
import { labelText } from './values.ts';

const label = (value: string | number, items: [item: string, relevance: number][] | null) =>
  ({
    ...{ value, time: '', source: '', human: false },
    items: items === null ? null : items.map(([item, relevance]) => ({ item, relevance })),
  }) satisfies PredictionRecord['label'];

test.each([
  [undefined, '–'],
  [label('yes', null), 'yes'],
  [label('["a","b"]', [['a', 1], ['b', 1]]), 'a, b'],
  [label('[["a",3],["b",0.5],["c",0]]', [['a', 3], ['b', 0.5], ['c', 0]]), 'a (3), b (0.5)'],
  [label('[]', []), 'nothing relevant'],
])('%o reads %s', (of, words) => expect(labelText(of)).toBe(words)); // biome-ignore format: one line
