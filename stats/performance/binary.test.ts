import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/performance.json' with { type: 'json' };
import { random } from '../random.ts';
import { accuracy, balancedAccuracy, f1, mcc, precision, recall, specificity } from './binary.ts';

const { counts } = fixture.binary;
const binary = { accuracy, precision, recall, specificity, f1, balancedAccuracy, mcc };
const metrics = ['accuracy', 'precision', 'recall', 'f1', 'balancedAccuracy', 'mcc'] as const;

test.each(metrics)('scikit-learn: %s', (name) => {
  const result = binary[name](counts);
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, fixture.binary[name], 1e-12);
  expect(result.low).toBeLessThan(result.value);
  expect(result.high).toBeGreaterThan(result.value);
});

const nothing = { tp: 0, fp: 0, fn: 0, tn: 0 };
test.each([...metrics, 'specificity'] as const)('%s of nothing is not enough data', (name) => {
  expect(binary[name](nothing)).toEqual({ reason: 'not_enough_data' });
});

test('empty denominators are named', () => {
  const allNegative = { ...nothing, tn: 10 };
  for (const name of ['precision', 'recall', 'f1', 'balancedAccuracy', 'mcc'] as const) {
    expect(binary[name](allNegative)).toEqual({ reason: 'undefined_ratio' });
  }
  expect(binary.specificity({ ...nothing, tp: 3 })).toEqual({ reason: 'undefined_ratio' });
});

test('perfect and perfectly wrong', () => {
  const right = { ...nothing, tp: 30, tn: 30 };
  for (const name of metrics) {
    expect(binary[name](right)).toMatchObject({
      value: 1,
      high: 1,
      low: expect.toSatisfy((x: number) => x < 1),
    });
  }
  expect(binary.mcc({ ...nothing, fp: 30, fn: 30 })).toMatchObject({ value: -1, low: -1 });
});

test('intervals cover: f1, balanced accuracy and mcc in 90 to 99 of 100 samples of 200', () => {
  const share = [0.3, 0.1, 0.05, 0.55];
  const truth = { tp: 30e6, fp: 10e6, fn: 5e6, tn: 55e6 };
  const next = random(6);
  for (const name of ['f1', 'balancedAccuracy', 'mcc'] as const) {
    const exact = binary[name](truth);
    if (!('value' in exact)) throw new Error(exact.reason);
    let covered = 0;
    for (let run = 0; run < 400; run++) {
      const drawn = [0, 0, 0, 0];
      for (let i = 0; i < 200; i++) {
        let u = next();
        let cell = 0;
        while (cell < 3 && u >= share[cell]!) u -= share[cell++]!;
        drawn[cell]! += 1;
      }
      const [tp, fp, fn, tn] = drawn as [number, number, number, number];
      const found = binary[name]({ tp, fp, fn, tn });
      if ('value' in found && found.low <= exact.value && exact.value <= found.high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.9);
    expect(covered / 400).toBeLessThan(0.995);
  }
});
