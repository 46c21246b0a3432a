import { expect, test } from 'vitest';
import fixture from '../fixtures/change-points.json' with { type: 'json' };
import { CHANGE_POINTS_START, changedWithin, changePoints, runLength } from './change-points.ts';

test('bayesian-changepoint-detection: how probable each run length is, state through JSON', () => {
  let state = CHANGE_POINTS_START;
  const wanted = new Map(fixture.runs as [number, number[]][]);
  for (const x of fixture.values) {
    state = JSON.parse(JSON.stringify(changePoints(state, x, { between: fixture.between })));
    const shares = wanted.get(state.n);
    if (shares === undefined) continue;
    const own = new Map(state.runs.map(({ length, share }) => [length, share]));
    for (const [length, share] of shares.entries()) expect(own.get(length) ?? 0).toBeCloseTo(share, 6);
  }
});

test('a step is known a few values after it came', () => {
  let state = CHANGE_POINTS_START;
  const found: number[] = [];
  for (const [i, x] of fixture.values.entries()) {
    state = changePoints(state, x);
    if (changedWithin(state, 5) > 0.8 && i > 5) found.push(i);
  }
  expect(found[0]).toBeGreaterThanOrEqual(60);
  expect(found[0]).toBeLessThanOrEqual(63);
  expect(runLength(state)).toBeGreaterThanOrEqual(36);
});

test('memory is bounded; what is not finite changes nothing; what no run allows begins a new one', () => {
  let state = CHANGE_POINTS_START;
  for (let i = 0; i < 300; i++) state = changePoints(state, Math.sin(i), { most: 40 });
  expect(state.runs.length).toBeLessThanOrEqual(41);
  expect(changePoints(state, Number.NaN)).toEqual(state);
  expect(changePoints(state, 1e300).runs.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
});
