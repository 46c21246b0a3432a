import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/library.json' with { type: 'json' };
import { betaProbability, fitBeta } from './beta.ts';

test('scikit-learn: unpenalised logistic regression on ln p and −ln(1 − p)', () => {
  const { groups, beta } = fixture.calibration;
  const { a, b, c } = fitBeta(groups);
  expectClose(a, beta[0]!, 1e-4);
  expectClose(b, beta[1]!, 1e-4);
  expect(c).toBeCloseTo(beta[2]!, 4);
});

test('scikit-learn, scores next to 0 and 1: far from the identity the fit still is the likeliest', () => {
  const { groups, beta } = fixture.calibration.sure;
  const { a, b, c } = fitBeta(groups);
  expectClose(a, beta[0]!, 1e-4);
  expectClose(b, beta[1]!, 1e-4);
  expect(c).toBeCloseTo(beta[2]!, 4);
});

test('a falling relation becomes flat, one class the identity', () => {
  const falling = [0.1, 0.3, 0.5, 0.7, 0.9].map((score) => ({
    score,
    n: 100,
    positive: Math.round(100 * (1 - score)),
  }));
  const flat = fitBeta(falling);
  expect(flat).toMatchObject({ a: 0, b: 0 });
  expect(betaProbability(flat, 0.2)).toBeCloseTo(0.5, 6);
  expect(fitBeta([{ score: 0.4, n: 9, positive: 0 }])).toEqual({ kind: 'beta', a: 1, b: 1, c: 0 });
  for (const score of [0, 1, 0.5]) {
    const p = betaProbability({ kind: 'beta', a: 1, b: 1, c: 0 }, score);
    expect(p).toBeCloseTo(score, 9);
  }
});
