import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunksOf, groupsOf } from './buckets.ts';

const sizes = fc
  .array(fc.nat(20), { maxLength: 30 })
  .map((rows) => rows.map((n, i) => ({ bucket: i, rows: n })));

test('every bucket is in one chunk, in order, and a chunk is over its limits only when it is one bucket', () => {
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 5 }),
      (all, rows, buckets) => {
        const chunks = chunksOf(all, { rows, buckets });
        expect(chunks.flatMap((chunk) => chunk.buckets)).toEqual(all.map(({ bucket }) => bucket));
        for (const chunk of chunks) {
          expect(chunk.buckets.length).toBeLessThanOrEqual(buckets);
          expect(chunk.rows).toBe(chunk.buckets.reduce((sum, bucket) => sum + all[bucket]!.rows, 0));
          if (chunk.buckets.length > 1) expect(chunk.rows).toBeLessThanOrEqual(rows);
        }
      },
    ),
  );
});

test.each([
  [[], 2, []],
  [[1, 2, 3], 2, [[1, 2], [3]]],
  [[1, 2], 5, [[1, 2]]],
])('groups of %j by %i', (items, size, expected) => {
  expect(groupsOf(items, size)).toEqual(expected);
});
