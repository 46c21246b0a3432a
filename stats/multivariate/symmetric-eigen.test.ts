import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/library.json' with { type: 'json' };
import { symmetricEigen } from './symmetric-eigen.ts';

test('numpy eigvalsh, and A v = λ v', () => {
  const { matrix, values } = fixture.eigen;
  const found = symmetricEigen(matrix);
  found.values.forEach((value, i) => {
    expectClose(value, values[i]!, 1e-11);
    const vector = found.vectors[i]!;
    matrix.forEach((row, r) => {
      const product = row.reduce((sum, a, c) => sum + a * vector[c]!, 0);
      expect(product).toBeCloseTo(value * vector[r]!, 9);
    });
  });
});

test('diagonal, empty, zero', () => {
  expect(symmetricEigen([[1, 0], [0, 2]]).values).toEqual([2, 1]); // biome-ignore format: a matrix
  expect(symmetricEigen([])).toEqual({ values: [], vectors: [] });
  expect(symmetricEigen([[0]]).values).toEqual([0]);
});
