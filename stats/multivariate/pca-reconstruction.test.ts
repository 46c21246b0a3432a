import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/library.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { fitPca, pcaReconstruction, reconstructionError } from './pca-reconstruction.ts';

test('scikit-learn: reconstruction errors of standardised rows', () => {
  const { rows, kept, errors } = fixture.pca;
  const pca = fitPca(rows);
  expect(pca.components.length).toBe(kept);
  errors.forEach((error, i) => {
    expectClose(reconstructionError(pca, rows[i]!), error, 1e-9);
  });
});

const next = random(3);
const rows = (n: number, noise: number) =>
  Array.from({ length: n }, () => {
    const x = randomNormal(next);
    return [x, x + noise * randomNormal(next), randomNormal(next)];
  });

test('0 without a shift, clear when a correlation breaks', () => {
  const reference = rows(1000, 0.2);
  const same = pcaReconstruction(reference, rows(500, 0.2));
  expect('value' in same && same.low < 0 && same.high > 0).toBe(true);
  const broken = pcaReconstruction(
    reference,
    Array.from({ length: 300 }, () => [randomNormal(next), randomNormal(next), randomNormal(next)]),
  );
  expect('value' in broken && broken.low).toBeGreaterThan(0.3);
});

test('too few, perfect fit, no rows', () => {
  expect(pcaReconstruction(rows(10, 1), rows(10, 1))).toEqual({ reason: 'not_enough_data' });
  const line = Array.from({ length: 100 }, (_, i) => [i, 2 * i]);
  expect(pcaReconstruction(line, line)).toEqual({ reason: 'constant' });
  expect(() => fitPca([[1]])).toThrow(RangeError);
});
