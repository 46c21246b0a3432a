import { expect, test } from 'vitest';
import type { DigestContent } from './digest.ts';
import { fitting, leadOf } from './digest-words.ts';

test.each([
  ['age moved, small: JS distance 0.06', 'age moved'],
  ['ROC AUC 0.529 (interval 0.483–0.573) against 0.901: worse', 'ROC AUC 0.529'],
  ['4,980 predictions, 5,040 before', '4,980 predictions'],
  ['Nothing', 'Nothing'],
])('a link stands on the beginning of %s', (text, lead) => {
  expect(leadOf(text)).toEqual([lead, text.slice(lead.length)]);
});

test('what fits is whole lines, and what does not is counted', () => {
  const lines = (n: number) => Array.from({ length: n }, () => ({ text: 'x'.repeat(10), path: null }));
  const sections: DigestContent['sections'] = [
    { title: 'a', path: null, lines: lines(3) },
    { title: 'b', path: null, lines: lines(4) },
  ];
  expect(fitting(sections, 1_000)).toEqual({ sections, left: 0 });
  const { sections: kept, left } = fitting(sections, 25, 0);
  expect(kept.map((section) => section.lines.length)).toEqual([2]);
  expect(left).toBe(5);
});
