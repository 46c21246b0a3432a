import { expect, test } from 'vitest';
import { fitBeta } from '../calibration/beta.ts';
import { calibrated } from '../calibration/calibrate.ts';
import { fitIsotonic } from '../calibration/isotonic.ts';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/estimation.json' with { type: 'json' };
import { random } from '../random.ts';
import { simplestOfTheBest, weightedCalibration, weightedGroups } from './weighted-calibration.ts';

const { label, score, weight } = fixture;

test('scikit-learn: isotonic and beta maps of weighted rows', () => {
  const groups = weightedGroups({ label, score }, weight);
  const isotonic = fitIsotonic(groups);
  const beta = fitBeta(groups);
  for (const [at, expected] of fixture.isotonic)
    expectClose(calibrated(isotonic, at!), expected!, 1e-9, `${at}`);
  for (const [at, expected] of fixture.beta) expectClose(calibrated(beta, at!), expected!, 1e-5, `${at}`);
  expect(['beta', 'isotonic']).toContain(
    weightedCalibration({ label, score }, weight, { random: random(1) }).kind,
  );
});

test('few rows, one class, weights of nothing', () => {
  expect(weightedCalibration({ label: [1, 0], score: [0.1, 0.2] }, [1, 1], { random: random(1) })).toEqual({
    kind: 'none',
  });
  expect(weightedCalibration({ label: label.map(() => 1), score }, weight, { random: random(1) })).toEqual({
    kind: 'none',
  });
  expect(weightedCalibration({ label, score }, weight.map(() => 0), { random: random(1) })).toEqual({ kind: 'none' }); // biome-ignore format: one line
  expect(weightedGroups({ label: [1, 0, 1], score: [0.5, 0.5, 0.2] }, [2, 1, Number.NaN])).toEqual([
    { score: 0.5, n: 3, positive: 2 },
  ]);
});

test('the simplest map within one standard error of the best', () => {
  const best = [0.1, 0.12, 0.11, 0.09, 0.13];
  const aLittleWorse = [0.102, 0.119, 0.112, 0.089, 0.131];
  const always = best.map((error) => error + 0.002);
  expect(simplestOfTheBest([aLittleWorse, best])).toBe(0);
  expect(simplestOfTheBest([always, best])).toBe(1);
  expect(simplestOfTheBest([always, aLittleWorse, best])).toBe(1);
  expect(simplestOfTheBest([best, best])).toBe(0);
});

test('scores that promise what they keep stay as they are; others are mapped', () => {
  const next = random(5);
  const kept = Array.from({ length: 2000 }, () => next());
  const truth = kept.map((p) => (next() < p ? 1 : 0));
  const ones = kept.map(() => 1);
  expect(weightedCalibration({ label: truth, score: kept }, ones, { random: random(2) }).kind).toBe('none');
  const overstated = kept.map((p) => p ** 3 / (p ** 3 + (1 - p) ** 3));
  expect(weightedCalibration({ label: truth, score: overstated }, ones, { random: random(2) }).kind).toBe(
    'beta',
  );
});
