import { expect, test } from 'vitest';
import { histogram, STRIDE, subtractInto } from './histogram.ts';

const columns = [Uint8Array.from([1, 2, 1, 0]), Uint8Array.from([5, 5, 6, 6])];
const gradients = { gradient: Float64Array.from([1, 2, 4, 8]), hessian: Float64Array.from([1, 1, 1, 1]) };

test('sums of gradients, hessians and rows per bin, over the given rows only', () => {
  const rows = Int32Array.from([3, 0, 2, 1]);
  const sums = histogram(columns, gradients, rows, 1, 4);
  expect([...sums.slice(STRIDE, 3 * STRIDE)]).toEqual([5, 2, 2, 2, 1, 1]);
  expect([...sums.slice((64 + 5) * STRIDE, (64 + 7) * STRIDE)]).toEqual([3, 2, 2, 4, 1, 1]);
  expect(sums[0]).toBe(0);
});

test('parent − child is the sibling', () => {
  const rows = Int32Array.from([0, 1, 2, 3]);
  const parent = histogram(columns, gradients, rows, 0, 4);
  const child = histogram(columns, gradients, rows, 0, 2);
  expect(subtractInto(parent, child)).toEqual(histogram(columns, gradients, rows, 2, 4));
});
