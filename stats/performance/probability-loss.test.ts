import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/performance.json' with { type: 'json' };
import { brier, calibrationCurve, ece, logLoss } from './probability-loss.ts';
import { grid, scores } from './scores.testing.ts';

test.each([
  ['logLoss', logLoss],
  ['brier', brier],
  ['ece', ece],
] as const)('scikit-learn: %s', (name, metric) => {
  const result = metric(scores, grid);
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, fixture.binary[name], 1e-9);
  expect(result.low).toBeLessThan(result.value);
  expect(result.high).toBeGreaterThan(result.value);
});

test('nothing, and scores that are no probabilities', () => {
  const empty = { positive: new Map(), negative: new Map() };
  for (const metric of [logLoss, brier, ece])
    expect(metric(empty, grid)).toEqual({ reason: 'not_enough_data' });
  expect(calibrationCurve(empty, grid)).toEqual([]);
  const sureAndWrong = { positive: new Map([[-1000, 5]]), negative: new Map([[1000, 5]]) };
  const loss = logLoss(sureAndWrong, grid);
  expect('value' in loss && loss.value).toBeCloseTo(-Math.log(1e-15), 6);
  expect(brier(sureAndWrong, grid)).toMatchObject({ value: 1 });
});
