import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { countChange } from './count-change.ts';
import { firstStep } from './first-step.ts';

/** Counts of three bins in rows of 200; from `onset` on the last takes a larger share of the first, over `ramp` rows. */
function drawn(length: number, onset: number, ramp: number, share: number, seed: number): number[][] {
  const next = random(seed);
  return Array.from({ length }, (_, i) => {
    const hit = 0.1 + (i < onset ? 0 : Math.min(1, (i - onset + 1) / ramp) * share);
    const counts = [0, 0, 0];
    for (let k = 0; k < 200; k++) counts[next() < 0.5 ? 1 : next() < hit ? 2 : 0]!++;
    return counts;
  });
}

const found = (series: number[][]) => firstStep(series, countChange(series)!.at, 24);

test('a change over eight rows is found where it begins, not in its middle', () => {
  const all = Array.from({ length: 20 }, (_, seed) => drawn(44, 28, 8, 0.5, seed));
  const mean = (of: readonly number[]) => of.reduce((a, b) => a + b, 0) / of.length;
  expect(mean(all.map((series) => countChange(series)!.at))).toBeGreaterThan(30);
  const first = all.map(found);
  expect(mean(first)).toBeGreaterThan(26.5);
  expect(Math.max(...first)).toBeLessThanOrEqual(30);
});

test('an abrupt one is where it is, but for one in a hundred', () => {
  const right = Array.from({ length: 100 }, (_, seed) => found(drawn(44, 28, 1, 0.5, seed))).filter(
    (first) => first === 28,
  );
  expect(right.length).toBeGreaterThanOrEqual(99);
});

test('what changed long before is another change', () => {
  const then = drawn(20, 10, 1, 0.5, 1);
  const series = [...then, ...Array.from({ length: 40 }, () => [50, 100, 50]), ...drawn(10, 0, 1, 1, 2)];
  expect(firstStep(series, 60, 24)).toBe(60);
});
