import { expect, test } from 'vitest';
import { fitBeta } from '../calibration/beta.ts';
import { calibrated } from '../calibration/calibrate.ts';
import { fitIsotonic } from '../calibration/isotonic.ts';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/estimation.json' with { type: 'json' };
import { weightedCalibration, weightedGroups } from './weighted-calibration.ts';

const { label, score, weight } = fixture;

test('scikit-learn: isotonic and beta maps of weighted rows', () => {
  const groups = weightedGroups({ label, score }, weight);
  const isotonic = fitIsotonic(groups);
  const beta = fitBeta(groups);
  for (const [at, expected] of fixture.isotonic)
    expectClose(calibrated(isotonic, at!), expected!, 1e-9, `${at}`);
  for (const [at, expected] of fixture.beta) expectClose(calibrated(beta, at!), expected!, 1e-5, `${at}`);
  expect(['beta', 'isotonic']).toContain(weightedCalibration({ label, score }, weight).kind);
});

test('few rows, one class, weights of nothing', () => {
  expect(weightedCalibration({ label: [1, 0], score: [0.1, 0.2] }, [1, 1])).toEqual({ kind: 'none' });
  expect(weightedCalibration({ label: label.map(() => 1), score }, weight)).toEqual({ kind: 'none' });
  expect(weightedCalibration({ label, score }, weight.map(() => 0))).toEqual({ kind: 'none' }); // biome-ignore format: one line
  expect(weightedGroups({ label: [1, 0, 1], score: [0.5, 0.5, 0.2] }, [2, 1, Number.NaN])).toEqual([
    { score: 0.5, n: 3, positive: 2 },
  ]);
});
