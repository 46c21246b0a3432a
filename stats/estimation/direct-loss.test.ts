import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { drawn, realised } from './direct-loss.testing.ts';
import { directLoss } from './direct-loss.ts';

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
