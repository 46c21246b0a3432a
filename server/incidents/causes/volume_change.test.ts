import { expect, test } from 'vitest';
import { fact } from '../test-facts.ts';
import { volume_change } from './volume_change.ts';

test.each([
  ['fewer', 12, 480, '12 predictions a bucket, where 480 are usual at these hours.', 0.975],
  ['more', 2_000, 500, '2,000 predictions a bucket, where 500 are usual at these hours.', 0.75],
  ['none', 0, 480, '0 predictions a bucket, where 480 are usual at these hours.', 1],
])('%s', (_name, value, baseline, sentence, shift) => {
  const [found] = volume_change.explain([fact('volume', '', { value, baseline })]);
  expect(found).toMatchObject({ column: '', sentence, shift });
});

test('explains nothing else', () => {
  expect(volume_change.explain([fact('freshness', ''), fact('drift', 'age')])).toEqual([]);
});
