import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantileEdges } from './quantile-edges.ts';

const even = Array.from({ length: 100 }, (_, i) => [i, 10] as const);

test('equal cells: equal bins', () => {
  expect(quantileEdges(even, 4)).toEqual([0, 25, 50, 75, 100]);
});

test('a heavy cell stands alone, a cut in a gap lies halfway', () => {
  expect(quantileEdges([[0, 10], [5, 100], [9, 10], [20, 10]], 2)).toEqual([0, 3, 7, 21]); // biome-ignore format: cells
  expect(quantileEdges([[0, 5], [1, 5], [8, 5], [9, 5]], 2)).toEqual([0, 5, 10]); // biome-ignore format: cells
});

test('one cell, one bin', () => {
  expect(quantileEdges([[7, 3]], 10)).toEqual([7, 8]);
  expect(quantileEdges(even, 1)).toEqual([0, 100]);
});

test('always ascending, covering, at most 20 bins', () => {
  const cells = fc.uniqueArray(
    fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 1000 })),
    {
      selector: ([index]) => index,
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(cells, fc.integer({ min: 1, max: 20 }), (drawn, wanted) => {
      const sorted = drawn.toSorted((a, b) => a[0] - b[0]);
      const edges = quantileEdges(sorted, wanted);
      expect(edges[0]).toBe(sorted[0]![0]);
      expect(edges.at(-1)).toBe(sorted.at(-1)![0] + 1);
      expect(edges.length - 1).toBeLessThanOrEqual(20);
      edges.slice(1).forEach((edge, i) => {
        expect(edge).toBeGreaterThan(edges[i]!);
      });
    }),
  );
});
