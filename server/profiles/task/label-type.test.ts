import { expect, test } from 'vitest';
import { type LabelEvidence, labelTypeOf } from './label-type.ts';

const none: LabelEvidence = { labels: 100, numbers: 0, zeroOrOne: 0, booleans: 0, prediction: 'numeric' };

test.each<[string, Partial<LabelEvidence>, ReturnType<typeof labelTypeOf>]>([
  ['too few', { labels: 19 }, null],
  ['words', {}, 'categorical'],
  ['words, and one number that slipped in', { numbers: 1, zeroOrOne: 1 }, 'categorical'],
  ['zeros and ones', { numbers: 100, zeroOrOne: 100 }, 'zero_or_one'],
  ['zeros, ones and a two', { numbers: 100, zeroOrOne: 99 }, 'numeric'],
  ['numbers, and one word that slipped in', { numbers: 99, zeroOrOne: 3 }, 'numeric'],
  ['true and false', { booleans: 100 }, 'boolean'],
  ['numbers beside predictions that are texts', { numbers: 100, prediction: 'categorical' }, null],
  ['words beside predictions that are texts', { prediction: 'categorical' }, 'categorical'],
  ['some of each', { numbers: 50, booleans: 2 }, null],
  ['some of each, of many', { labels: 1000, numbers: 500 }, 'any'],
])('%s', (_name, evidence, type) => {
  expect(labelTypeOf({ ...none, ...evidence })).toBe(type);
});
