import { expect, test } from 'vitest';
import { gridOf } from '../asinh-grid.ts';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/explained.json' with { type: 'json' };
import type { Estimate } from '../outcome.ts';
import { random } from '../random.ts';
import { countsOf } from '../sample.testing.ts';
import { explained } from './explained.ts';
import { powersOf, r2, squaresOf } from './regression.ts';
import { regressionMetrics } from './regression-rows.ts';

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0);

/** R² as the server has it, from sums. */
function served(label: readonly number[], prediction: readonly number[], both = true) {
  const residual = label.map((y, i) => prediction[i]! - y);
  const [errors, labels] = [gridOf(residual), gridOf(label)];
  const squares = squaresOf({
    ...{ n: residual.length, sum2: sumOf(residual.map((e) => e * e)) },
    ...{ counts: countsOf(residual.map(Math.abs), errors).grid, grid: errors },
  });
  const of = { n: label.length, sum: sumOf(label as number[]), sum2: sumOf(label.map((y) => y * y)) };
  return r2(
    squares,
    { ...of, powers: powersOf(countsOf(label, labels).grid, labels) },
    {
      n: both ? label.length : 0,
      byLabel: sumOf(label.map((y, i) => y * residual[i]! ** 2)),
      byLabelSquared: sumOf(label.map((y, i) => (y * residual[i]!) ** 2)),
    },
  ) as Estimate;
}

test.each(fixture)('scikit-learn: $name', ({ label, prediction, value, low, high }) => {
  const found = regressionMetrics({ label, prediction }).r2 as Estimate;
  expectClose(found.value, value, 1e-9, 'value');
  expectClose(found.low, low, 1e-5, 'low');
  expectClose(found.high, high, 1e-5, 'high');
  const sums = served(label, prediction);
  expectClose(sums.value, value, 1e-9, 'value of sums');
  expectClose(sums.value - sums.low, value - low, 0.03, 'low of sums');
  expectClose(sums.high - sums.value, high - value, 0.03, 'high of sums');
});

test('where it is not known how labels and errors go together the interval is no narrower', () => {
  const { label, prediction } = fixture[1]!;
  const [with_, without] = [served(label, prediction), served(label, prediction, false)];
  expect(without.value).toBe(with_.value);
  expect(without.high - without.low).toBeGreaterThan(with_.high - with_.low);
});

test('holds in 92 to 98 of 100, whatever the share, of sums and of rows', () => {
  const next = random(20_281);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  for (const share of [0.1, 0.5, 0.95]) {
    let [rows, sums] = [0, 0];
    for (let run = 0; run < 400; run++) {
      const prediction = Array.from({ length: 100 }, normal);
      const label = prediction.map((x) => x + normal() * Math.sqrt(1 / share - 1));
      const holds = ({ low, high }: Estimate) => Number(low <= share && share <= high);
      rows += holds(regressionMetrics({ label, prediction }).r2 as Estimate);
      sums += holds(served(label, prediction));
    }
    for (const held of [rows, sums]) {
      expect(held / 400, `${share}`).toBeGreaterThan(0.92);
      expect(held / 400, `${share}`).toBeLessThan(0.985);
    }
  }
});

test('edge cases', () => {
  const none = { n: 5, error: 0, errorVariance: 0, spread: 2, spreadVariance: 1, covariance: 0 };
  expect(explained(none)).toEqual({ value: 1, low: 1, high: 1 });
  expect(explained({ ...none, spread: 0 })).toEqual({ reason: 'constant' });
  expect(explained({ ...none, n: 1 })).toEqual({ reason: 'not_enough_data' });
  expect(explained({ ...none, error: Number.POSITIVE_INFINITY })).toEqual({ reason: 'not_finite' });
});
