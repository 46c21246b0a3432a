import { expect, test } from 'vitest';
import { column, reportOf } from './report.testing.ts';
import { ruleOfDrift, scoreText, scoreTitle, usualThreshold } from './score.ts';

const score = (low: number, threshold = 0.1) => ({
  id: 'js_distance_base2',
  value: 0.11,
  low,
  high: 0.12,
  threshold,
});

test.each([
  [scoreText(null), '–'],
  [scoreText(score(0.09)), '0.11 (0.09–0.12)'],
  [scoreText(score(0.1)), '0.11 (0.10–0.12)'],
  // below the threshold, and seen to be
  [scoreText(score(0.0983)), '0.11 (0.098–0.12)'],
  [scoreText(score(0.09996)), '0.11 (0.099–0.12)'],
  // another threshold than the other columns'
  [scoreText(score(0.09, 0.3), 0.1), '0.11 (0.09–0.12) ≥ 0.3'],
  [scoreText({ id: 'psi', value: 0.2512, low: null, high: null, threshold: 0.2 }), '0.251 / 0.2'],
  [scoreText({ id: 'ks p', value: 3e-12, low: null, high: null, threshold: 0.05 }), '3.0e-12 / 0.05'],
])('%s', (written, expected) => {
  expect(written).toBe(expected);
});

test('what decides is said: our score, or the test chosen', () => {
  const ours = reportOf([
    column('a', 'ok', 1, { score: score(0.05, 0.2) }),
    column('b', 'ok', 2, { score: score(0.05, 0.2) }),
  ]);
  expect([usualThreshold(ours), scoreTitle(ours)]).toEqual([0.2, 'JS distance (90 %)']);
  expect(ruleOfDrift(ours)).toContain('at or above 0.20');
  const theirs = reportOf([
    column('a', 'ok', 1, { score: { id: 'psi', value: 0.1, low: null, high: null, threshold: 0.2 } }),
  ]);
  expect([usualThreshold(theirs), scoreTitle(theirs)]).toEqual([undefined, 'score / threshold']);
  expect(ruleOfDrift(theirs)).toContain('reaches its threshold');
});
