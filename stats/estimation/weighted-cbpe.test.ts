import { expect, test } from 'vitest';
import { bestCalibration } from '../calibration/calibrate.ts';
import { estimatePerformance } from '../calibration/cbpe.ts';
import { random, randomNormal } from '../random.ts';
import { weightedGroups } from './weighted-calibration.ts';
import { estimateWeighted } from './weighted-cbpe.ts';

/** The score sees x alone; what it means depends on z as well, whose mixture shifts. */
function drawn(n: number, share: number, seed: number) {
  const next = random(seed);
  const z = Array.from({ length: n }, () => (next() < share ? 1 : 0));
  const x = z.map(() => randomNormal(next));
  const score = x.map((v) => 1 / (1 + Math.exp(-1.5 * v)));
  const label = x.map((v, i) => (next() < 1 / (1 + Math.exp(-(z[i] ? -0.2 * v : 2 * v))) ? 1 : 0));
  const features = [
    { name: 'x', kind: 'numeric' as const, values: x },
    { name: 'z', kind: 'numeric' as const, values: z },
  ];
  return { features, score, label };
}

const right = ({ label, score }: { label: number[]; score: number[] }): number =>
  label.filter((y, i) => y === (score[i]! >= 0.5 ? 1 : 0)).length / label.length;

test('under covariate shift it finds the accuracy that plain estimation misses', () => {
  const reference = drawn(4000, 0.2, 1);
  const current = drawn(4000, 0.8, 2);
  const truth = right(current);
  const found = estimateWeighted(reference, current, { random: random(3), latest: drawn(2000, 0.8, 5) });
  if ('reason' in found) throw new Error(found.reason);
  const { accuracy } = found.performance;
  const ones = reference.label.map(() => 1);
  const plain = estimatePerformance(
    current.score.map((score) => ({ score, n: 1 })),
    bestCalibration(weightedGroups(reference, ones)),
  ).accuracy;
  if (!('value' in accuracy && 'value' in plain)) throw new Error('no value');
  expect(Math.abs(accuracy.value - truth)).toBeLessThan(0.03);
  expect(Math.abs(plain.value - truth)).toBeGreaterThan(0.1);
  expect(found.checks.overlap).toMatchObject({ value: 1 });
  expect(found.checks.effectiveSize).toBeLessThan(3000);
  expect(found.checks.calibrationError).toMatchObject({ value: expect.toSatisfy((e: number) => e < 0.05) });
});

test('the checks tell a broken promise; too few rows are named', () => {
  const reference = drawn(2000, 0.2, 1);
  const turned = drawn(1000, 0.2, 6);
  const latest = { ...turned, label: turned.label.map((y) => 1 - y) };
  const found = estimateWeighted(reference, drawn(1000, 0.2, 2), { random: random(3), latest });
  expect('checks' in found && found.checks.calibrationError).toMatchObject({
    value: expect.toSatisfy((e: number) => e > 0.2),
  });
  expect(estimateWeighted(drawn(10, 0.5, 1), reference, { random: random(1) })).toEqual({
    reason: 'not_enough_data',
  });
});

test('rows that lie where the reference has none have no estimate', () => {
  const far = drawn(400, 0.2, 8);
  const moved = far.features.map(({ values, ...feature }) => ({
    ...feature,
    values: values.map((x) => x + 50),
  }));
  expect(estimateWeighted(drawn(800, 0.2, 9), { ...far, features: moved }, { random: random(4) })).toEqual({
    reason: 'no_overlap',
  });
});
