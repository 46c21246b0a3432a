import { expect, test } from 'vitest';
import fixture from '../fixtures/error-by-answer.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { estimateErrors, type LearnedErrors, learnErrors } from './error-by-answer.ts';

const learned = (bands: Parameters<typeof learnErrors>[0]) => learnErrors(bands) as LearnedErrors;
const band = (n: number, mean: number) => ({ n, sum: n * mean, sum2: n * (mean * mean + 1) });

test.each(fixture)('by numpy: $value', ({ bands, counts, value, variance }) => {
  const found = estimateErrors(learned(bands), counts);
  expect(found).toMatchObject({
    value: expect.closeTo(value, 10),
    variance: expect.closeTo(variance, 10),
  });
});

test('of its 95 % intervals about as many hold the mean that labels then show', () => {
  const next = random(6);
  const draw = (n: number, share: number) => {
    const bands = [
      { n: 0, sum: 0, sum2: 0 },
      { n: 0, sum: 0, sum2: 0 },
    ];
    for (let i = 0; i < n; i++) {
      const of = bands[next() < share ? 1 : 0]!;
      const error = Math.abs(randomNormal(next)) * (of === bands[1] ? 4 : 1);
      of.n++;
      of.sum += error;
      of.sum2 += error * error;
    }
    return bands;
  };
  let held = 0;
  for (let run = 0; run < 500; run++) {
    const now = draw(300, 0.7);
    const found = estimateErrors(
      learned(draw(600, 0.3)),
      now.map(({ n }) => n),
    );
    const truth = (now[0]!.sum + now[1]!.sum) / 300;
    if ('value' in found && found.low <= truth && truth <= found.high) held++;
  }
  expect(held / 500).toBeGreaterThan(0.92);
  expect(held / 500).toBeLessThan(0.98);
});

test('a band with few labels is as the nearest one; where nothing was learned there is a reason', () => {
  const few = learned([band(100, 1), band(5, 9), band(0, 0), band(0, 0), band(200, 3)]);
  expect(estimateErrors(few, [0, 10, 0, 0, 0])).toMatchObject({ value: 1 });
  expect(estimateErrors(few, [0, 0, 10, 0, 0])).toEqual({ reason: 'not_enough_data' });
  expect(estimateErrors(few, [0, 0, 0, 0, 0])).toEqual({ reason: 'not_enough_data' });
  expect(learnErrors([band(29, 1)])).toEqual({ reason: 'not_enough_data' });
});
