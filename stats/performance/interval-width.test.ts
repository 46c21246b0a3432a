import { expect, test } from 'vitest';
import type { Estimate, Outcome } from '../outcome.ts';
import { type Random, random, randomNormal } from '../random.ts';
import { macroAuc } from './class-probabilities.ts';
import { scoreRanks } from './labelled-scores.ts';
import { lift } from './lift.ts';
import { prAuc } from './pr-auc.ts';

/** How wide intervals are, as a share of how wide repeated sampling says they must be. */
function widths(once: (next: Random) => Outcome<Estimate>): number {
  const next = random(2027);
  const found = Array.from({ length: 400 }, () => once(next)).filter((one) => 'value' in one);
  const mean = (of: (one: Estimate) => number) => found.reduce((sum, one) => sum + of(one), 0) / found.length;
  const average = mean(({ value }) => value);
  const deviation = Math.sqrt(mean(({ value }) => (value - average) ** 2));
  return mean(({ low, high }) => high - low) / (2 * 1.96 * deviation);
}

/** Scores of a binormal model. */
function scored(next: Random, share: number, shift: number) {
  const label = Array.from({ length: 500 }, () => (next() < share ? 1 : 0));
  return scoreRanks({ label, score: label.map((y) => y * shift + randomNormal(next)) });
}

test.each([
  [0.5, 2.5],
  [0.5, 1],
  [0.2, 1.5],
])('PR AUC: %d positives, apart by %d', (share, shift) => {
  expect(Math.abs(widths((next) => prAuc(scored(next, share, shift))) - 1)).toBeLessThan(0.12);
});

test.each([
  [0.2, 1.5],
  [0.1, 1],
])('lift of the best tenth: %d positives, apart by %d', (share, shift) => {
  expect(Math.abs(widths((next) => lift(scored(next, share, shift), 0.1)) - 1)).toBeLessThan(0.12);
});

test.each([2, 3, 5])('ROC AUC of %d classes, averaged', (classes) => {
  const names = Array.from({ length: classes }, (_, k) => `c${k}`);
  const width = widths((next) => {
    const own = Array.from({ length: 500 }, () => Math.floor(next() * classes));
    const weight = own.map((k) => names.map((_, j) => Math.exp(randomNormal(next) + (j === k ? 1.5 : 0))));
    const share = (i: number, j: number) => weight[i]![j]! / weight[i]!.reduce((sum, w) => sum + w, 0);
    const label = own.map((k) => names[k]!);
    return macroAuc({ label, probabilities: new Map(names.map((name, j) => [name, own.map((_, i) => share(i, j))])) }); // biome-ignore format: one call
  });
  expect(width).toBeGreaterThan(0.93);
  expect(width).toBeLessThan(1.2);
});
