import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/library.json' with { type: 'json' };
import { fitIsotonic, isotonicProbability } from './isotonic.ts';

const map = fitIsotonic(fixture.calibration.groups);

test.each(fixture.calibration.isotonic)('scikit-learn IsotonicRegression at %d', (score, p) => {
  expectClose(isotonicProbability(map, score!), p!, 1e-9);
});

test('never falls; ties and nothing are handled', () => {
  expect(map.probabilities.every((p, i) => i === 0 || p >= map.probabilities[i - 1]!)).toBe(true);
  const tied = fitIsotonic([
    { score: 0.5, n: 1, positive: 0 },
    { score: 0.5, n: 3, positive: 3 },
    { score: 0.7, n: 0, positive: 0 },
  ]);
  expect(isotonicProbability(tied, 0.5)).toBe(0.75);
  expect(isotonicProbability(fitIsotonic([]), 0.3)).toBe(0.3);
});
