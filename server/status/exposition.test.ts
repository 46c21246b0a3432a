import { expect, test } from 'vitest';
import { exposition } from './exposition.ts';

test('families in the text format', () => {
  const text = exposition([
    { name: 'up', type: 'gauge', help: 'a\\b\nc', samples: [{ value: 1 }] },
    {
      name: 'signal',
      type: 'counter',
      help: 'h',
      samples: [
        { labels: { column: 'a"b\\c\nd', segment: '' }, value: Number.POSITIVE_INFINITY },
        { labels: { segment: '' }, value: 1e-7 },
      ],
    },
  ]);
  expect(text.split('\n')).toEqual([
    '# HELP up a\\\\b\\nc',
    '# TYPE up gauge',
    'up 1',
    '# HELP signal h',
    '# TYPE signal counter',
    'signal{column="a\\"b\\\\c\\nd"} +Inf',
    'signal 1e-7',
    '',
  ]);
});
