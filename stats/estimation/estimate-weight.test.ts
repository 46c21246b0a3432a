import { expect, test } from 'vitest';
import fixture from '../fixtures/estimate-weight.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { estimateWeight, weighedEstimate } from './estimate-weight.ts';

const told = (pairs: readonly (readonly number[])[], own = 0.8) =>
  pairs.map(([said, shown, variance = 1e-4]) => ({
    estimate: { value: own + said!, low: 0, high: 1, variance },
    own,
    truth: own + shown!,
  }));

test.each(fixture)('statsmodels: upper end of a slope through 0, shrunk towards 1, %#', (made) => {
  expect(estimateWeight(told(made.told))).toBeCloseTo(made.weight, 9);
});

test('what labels do not contradict counts in full', () => {
  expect(estimateWeight([])).toBe(1);
  expect(estimateWeight(told([[0.1, -0.1], [0.1, -0.1]]))).toBe(1); // biome-ignore format: two pairs
  expect(estimateWeight(told([[0.1, 0.1], [-0.05, -0.05], [0.02, 0.02]]))).toBe(1); // biome-ignore format: three pairs
  expect(estimateWeight(told([[0, 0.1], [0, -0.1], [0, 0.1]]))).toBe(1); // biome-ignore format: three pairs
  const found = { value: 0.9, low: 0.88, high: 0.92, variance: 1e-4 };
  expect(weighedEstimate(found, 0.7, [])).toMatchObject({ value: 0.9, weight: 1, variance: 1e-4 });
});

test.each([0.02, 0.005])(
  'of estimates that are right hardly one is weighed down, and hardly: differences of %d',
  (spread) => {
    const next = random(4);
    const weights = Array.from({ length: 2000 }, () =>
      estimateWeight(
        told(
          Array.from({ length: 10 }, () => {
            const said = spread * randomNormal(next);
            return [said, said + 0.01 * randomNormal(next)];
          }),
        ),
      ),
    );
    expect(weights.filter((weight) => weight < 0.9).length / weights.length).toBeLessThan(0.02);
    expect(Math.min(...weights)).toBeGreaterThan(0.5);
  },
);

test('errors that chance explains contradict nothing, however much against the slope they lie', () => {
  const against = [[0.01, -0.01], [-0.008, 0.009], [0.012, -0.01], [-0.009, 0.008]] as const; // biome-ignore format: four pairs
  const weightAt = (variance: number) => estimateWeight(told(against.map((pair) => [...pair, variance])));
  expect(weightAt(4e-4)).toBe(1);
  expect(weightAt(3e-4)).toBeGreaterThan(0.7);
  expect(weightAt(1e-6)).toBeLessThan(0.01);
});

test('a contradicted estimate is the own value, and as uncertain as the own value has been', () => {
  const past = told([[0.1, 0.02], [-0.1, 0.02], [0.12, -0.03], [-0.09, 0.04], [0.1, -0.03]]); // biome-ignore format: five pairs
  const found = { value: 0.95, low: 0.93, high: 0.97, variance: 1e-4 };
  const weighed = weighedEstimate(found, 0.8, past);
  expect(weighed.weight).toBeLessThan(0.2);
  expect(weighed.value).toBeCloseTo(0.8 + weighed.weight * 0.15, 12);
  expect(weighed.variance).toBeGreaterThan(5e-4);
  expect(weighed.high - weighed.value).toBeCloseTo(1.96 * Math.sqrt(weighed.variance), 4);
});

test('it does not depend on the order of what was told, nor on the unit', () => {
  const pairs = [[0.1, 0.02], [-0.04, 0.01], [0.06, 0.01]] as const; // biome-ignore format: three pairs
  const weight = estimateWeight(told(pairs));
  expect(estimateWeight(told(pairs.toReversed()))).toBeCloseTo(weight, 12);
  expect(estimateWeight(told(pairs.map(([a, b]) => [3 * a, 3 * b, 9e-4])))).toBeCloseTo(weight, 12);
});
