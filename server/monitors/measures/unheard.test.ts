import { expect, test } from 'vitest';
import { unheard } from './unheard.ts';

const subject = {
  start: 1000,
  bucketMs: 100,
  outages: [
    { from: 1150, to: 1310 },
    { from: 1995, to: 2000 },
  ],
};

test.each([
  ['before it', 0, 1, false],
  ['half of a bucket', 1, 2, true],
  ['a whole bucket', 2, 3, true],
  ['a tenth of a bucket', 3, 4, true],
  ['a twentieth of a bucket', 9, 10, false],
  ['a stretch of which it is a large part', 0, 10, true],
  ['after it', 10, 20, false],
])('%s', (_name, from, to, deaf) => {
  expect(unheard(subject, from, to)).toBe(deaf);
});
