import { expect, test } from 'vitest';
import fixture from '../fixtures/movement.json' with { type: 'json' };
import { random, randomInteger, randomNormal } from '../random.ts';
import { sampleOf } from '../sample.ts';
import { numbersMoved, sharesMoved } from './movement.ts';

test.each(fixture.shares)('shares as SciPy has them: $name', ({ reference, current, p, bin }) => {
  const found = sharesMoved({ reference, current });
  expect(found).toMatchObject({ by: 'share', bin });
  expect(Math.log((found as { p: number }).p)).toBeCloseTo(Math.log(p), 6);
});

test.each(fixture.numbers)('numbers as SciPy has them: $name', ({ reference, current, bins, p, by }) => {
  const found = numbersMoved(sampleOf(reference), sampleOf(current), {
    reference: bins[0]!,
    current: bins[1]!,
  });
  expect(found).toMatchObject({ by });
  expect(Math.log((found as { p: number }).p)).toBeCloseTo(Math.log(p), 6);
});

test('without any change p is no smaller than it says, whatever the shape', () => {
  const next = random(5);
  let below = 0;
  const rounds = 1000;
  for (let round = 0; round < rounds; round++) {
    const side = () => Array.from({ length: 200 }, () => Math.exp(randomNormal(next)));
    const counts = () => {
      const bins = [0, 0, 0, 0, 0, 0];
      for (let i = 0; i < 200; i++) bins[Math.min(randomInteger(next, 6), randomInteger(next, 6))]!++;
      return bins;
    };
    const binned = { reference: counts(), current: counts() };
    for (const found of [numbersMoved(sampleOf(side()), sampleOf(side()), binned), sharesMoved(binned)])
      below += Number('p' in found && found.p < 0.02);
  }
  expect(below / (2 * rounds)).toBeLessThan(0.03);
  expect(below).toBeGreaterThan(0);
});

test('nothing to tell', () => {
  expect(sharesMoved({ reference: [0, 5], current: [0, 4] })).toEqual({ reason: 'constant' });
  expect(numbersMoved(sampleOf([1]), sampleOf([1]), { reference: [1], current: [1] })).toEqual({
    reason: 'constant',
  });
});
