import { expect, test } from 'vitest';
import { reasonWords } from './reason.ts';

test.each([
  ['no_predictions', 'no data (no predictions)'],
  ['no_latencies', 'no data (no answer times)'],
  ['too_few_labels', 'not enough data (too few labels)'],
  ['filling', 'still open (filling)'],
  ['within_threshold', 'within threshold'],
])('%s', (status, words) => expect(reasonWords(status)).toBe(words));
