import { expect, test } from 'vitest';
import { random, randomNormal } from '../random.ts';
import { directLoss } from './direct-loss.ts';

/** Noise grows with x: a shift of x makes the model worse. */
function drawn(n: number, mean: number, seed: number) {
  const next = random(seed);
  const x = Array.from({ length: n }, () => mean + randomNormal(next));
  const prediction = x.map((v) => 3 * v);
  const label = prediction.map((f, i) => f + (0.5 + Math.abs(x[i]!)) * randomNormal(next));
  return { features: [{ name: 'x', kind: 'numeric' as const, values: x }], prediction, label };
}

const realised = ({ label, prediction }: ReturnType<typeof drawn>, power: number): number =>
  label.reduce((sum, y, i) => sum + Math.abs(y - prediction[i]!) ** power, 0) / label.length;

test('the realised loss of a shifted window lies in the interval in at least 8 of 10 runs, and near it in all', () => {
  let covered = 0;
  for (let run = 0; run < 10; run++) {
    const current = drawn(800, [0, 0.5, -1][run % 3]!, 100 + run);
    const found = directLoss(drawn(1000, 0, run), current, { random: random(run), trees: 40 });
    if (!('value' in found)) throw new Error(found.reason);
    const truth = realised(current, 1);
    if (found.low <= truth && truth <= found.high) covered++;
    expect(Math.abs(found.value - truth)).toBeLessThan(0.15 * truth);
    expect(found.checks.estimateBias).toMatchObject({ value: expect.closeTo(0, 0) });
    expect(found.checks.overlap).toMatchObject({ value: expect.toSatisfy((x: number) => x > 0.9) });
  }
  expect(covered).toBeGreaterThanOrEqual(8);
});

test('squared loss; rows that are not finite are left out', () => {
  const reference = drawn(2000, 0, 5);
  const current = drawn(1000, 0, 6);
  const found = directLoss(reference, current, { random: random(7), loss: 'squared' });
  if (!('value' in found)) throw new Error(found.reason);
  const truth = realised(current, 2);
  expect(Math.abs(found.value - truth)).toBeLessThan(0.15 * truth);
  const more = {
    features: [{ ...reference.features[0]!, values: [...reference.features[0]!.values, 1] }],
    prediction: [...reference.prediction, 1],
    label: [...reference.label, Number.NaN],
  };
  expect(directLoss(more, current, { random: random(7), loss: 'squared' })).toEqual(found);
});

test('far outside the reference the overlap says so; too few rows are named', () => {
  const reference = drawn(1000, 0, 5);
  const far = directLoss(reference, drawn(500, 15, 6), { random: random(7) });
  expect('checks' in far && far.checks.overlap).toMatchObject({
    value: expect.toSatisfy((x: number) => x < 0.1),
  });
  expect(directLoss(drawn(50, 0, 1), reference, { random: random(1) })).toEqual({
    reason: 'not_enough_data',
  });
  expect(directLoss(reference, drawn(5, 0, 1), { random: random(1) })).toEqual({ reason: 'not_enough_data' });
});
